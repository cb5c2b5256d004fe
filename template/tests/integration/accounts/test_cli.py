"""Accounts from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.accounts import codes, logins, service
from app.accounts.models import Code, Login, Purpose, Role, User
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from flask.testing import FlaskCliRunner
    from sqlalchemy.orm import Session

CREATE = ["users", "create", "eve", "eve@example.com"]
TYPED = f"{PASSWORD}\n{PASSWORD}\n"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("options", "role"), [([], Role.USER), (["--admin"], Role.ADMIN)])
def test_a_user_can_be_added(
    runner: FlaskCliRunner, db_session: Session, options: list[str], role: Role
) -> None:
    result = runner.invoke(args=[*CREATE, *options], input=TYPED)

    assert result.exit_code == 0
    assert f"eve is added as {role.value}." in result.output
    assert PASSWORD not in result.output
    user = service.authenticate(db_session, "eve@example.com", PASSWORD, confirmed_only=True)
    assert user.role is role


@pytest.mark.parametrize(
    ("username", "email", "fields"),
    [
        ("ann", "eve@example.com", "username"),
        ("eve", "Ann@example.com", "email"),
        ("ANN", "ann@example.com", "username, email"),
    ],
)
@pytest.mark.usefixtures("user")
def test_what_is_taken_is_refused(
    runner: FlaskCliRunner, db_session: Session, username: str, email: str, fields: str
) -> None:
    result = runner.invoke(args=["users", "create", username, email], input=TYPED)

    assert result.exit_code == 1
    assert f"Error: This is taken already. ({fields})" in result.output
    assert db_session.query(User).count() == 1


@pytest.mark.parametrize(
    ("username", "email"),
    [
        ("", "eve@example.com"),
        ("eve smith", "eve@example.com"),
        ("eve\n", "eve@example.com"),
        ("x" * 41, "eve@example.com"),
        ("eve", "eve"),
        ("eve", "\u0130ve@example.com"),
        ("eve", f"{'x' * 250}@example.com"),
    ],
)
def test_what_no_user_may_have_is_refused(
    runner: FlaskCliRunner, db_session: Session, username: str, email: str
) -> None:
    result = runner.invoke(args=["users", "create", username, email], input=TYPED)

    assert result.exit_code == 2
    assert "is not one that a user may have." in result.output
    assert db_session.query(User).count() == 0


def test_a_name_may_have_forty_characters(runner: FlaskCliRunner, db_session: Session) -> None:
    result = runner.invoke(args=["users", "create", "x" * 40, "eve@example.com"], input=TYPED)

    assert result.exit_code == 0
    assert db_session.query(User).one().username == "x" * 40


@pytest.mark.parametrize("password", ["elevenchars", "qwertyuiop123"])
def test_a_weak_password_is_refused(
    runner: FlaskCliRunner, db_session: Session, password: str
) -> None:
    result = runner.invoke(args=CREATE, input=f"{password}\n{password}\n")

    assert result.exit_code == 1
    assert "password" in result.output.splitlines()[-1]
    assert db_session.query(User).count() == 0


@pytest.mark.parametrize("length", [12, 64, 128])
def test_a_password_may_be_long(runner: FlaskCliRunner, length: int) -> None:
    password = ("x1y" * 43)[:length]

    assert runner.invoke(args=CREATE, input=f"{password}\n{password}\n").exit_code == 0


def test_a_user_can_be_promoted(runner: FlaskCliRunner, user: User) -> None:
    result = runner.invoke(args=["users", "promote", user.email.upper()])

    assert result.output == "ann is an administrator now.\n"
    assert user.role is Role.ADMIN


def test_an_unknown_user_cannot_be_promoted(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["users", "promote", "nobody@example.com"])

    assert result.exit_code == 1
    assert "Error: Nobody has the address nobody@example.com." in result.output


def test_what_has_ended_is_deleted(runner: FlaskCliRunner, db_session: Session, user: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        for days in (1, 2, 4):
            logins.open_login(db_session, user, timedelta(days=days))
        codes.new_code(db_session, user, Purpose.RESET)
        codes.new_code(db_session, user, Purpose.CONFIRM)
        clock.shift(timedelta(days=2))

        result = runner.invoke(args=["users", "purge"])

    assert result.output == "3 deleted.\n"
    assert db_session.query(Login).one().expires_at == NOW + timedelta(days=4)
    assert db_session.query(Code).one().purpose is Purpose.CONFIRM


def test_nothing_may_have_ended(runner: FlaskCliRunner, db_session: Session) -> None:
    logins.open_login(db_session, UserFactory.create(), timedelta(days=1))

    assert runner.invoke(args=["users", "purge"]).output == "0 deleted.\n"
    assert db_session.query(Login).count() == 1


def test_a_password_is_typed_twice(runner: FlaskCliRunner, db_session: Session) -> None:
    result = runner.invoke(args=CREATE, input=f"{PASSWORD}\nanother good passphrase\n")

    assert result.exit_code == 1
    assert "do not match" in result.output
    assert db_session.query(User).count() == 0
