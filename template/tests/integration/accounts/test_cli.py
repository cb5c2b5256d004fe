"""Accounts from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts import service
from app.accounts.models import Role, User
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from flask.testing import FlaskCliRunner
    from sqlalchemy.orm import Session

CREATE = ["users", "create", "eve", "eve@example.com"]
TYPED = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.mark.parametrize(("options", "role"), [([], Role.USER), (["--admin"], Role.ADMIN)])
def test_a_user_can_be_added(
    runner: FlaskCliRunner, db_session: Session, options: list[str], role: Role
) -> None:
    result = runner.invoke(args=[*CREATE, *options], input=TYPED)

    assert result.exit_code == 0
    assert f"eve is added as {role.value}." in result.output
    assert PASSWORD not in result.output
    assert service.authenticate(db_session, "eve@example.com", PASSWORD).role is role


@pytest.mark.usefixtures("user")
def test_a_name_that_is_taken_is_refused(runner: FlaskCliRunner, db_session: Session) -> None:
    result = runner.invoke(args=["users", "create", "ann", "eve@example.com"], input=TYPED)

    assert result.exit_code == 1
    assert "Error: This is taken already. (username)" in result.output
    assert db_session.query(User).count() == 1


@pytest.mark.parametrize(("length", "code"), [(11, 1), (12, 0), (128, 0), (129, 1)])
def test_a_password_has_its_length(runner: FlaskCliRunner, length: int, code: int) -> None:
    password = "x" * length

    result = runner.invoke(args=CREATE, input=f"{password}\n{password}\n")

    assert result.exit_code == code


def test_a_user_can_be_promoted(runner: FlaskCliRunner, user: User) -> None:
    result = runner.invoke(args=["users", "promote", user.email])

    assert result.output == "ann is an administrator now.\n"
    assert user.role is Role.ADMIN


def test_nobody_cannot_be_promoted(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["users", "promote", "nobody@example.com"])

    assert result.exit_code == 1
    assert "Error: Nobody has the address nobody@example.com." in result.output
