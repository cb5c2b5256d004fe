"""What happens to the codes of one user is nothing to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts import codes
from app.accounts.models import Purpose
from tests.factories import UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User


@pytest.fixture
def bob(db_session: Session) -> User:  # noqa: ARG001
    """Return somebody else."""
    return UserFactory.create(username="bob")


@pytest.fixture
def code(db_session: Session, user: User) -> str:
    """Return a code of the user's."""
    return codes.new_code(db_session, user, Purpose.RESET)


def test_a_new_code_leaves_those_of_others(
    db_session: Session, user: User, bob: User, code: str
) -> None:
    codes.new_code(db_session, bob, Purpose.RESET)

    assert codes.find_code(db_session, code, Purpose.RESET).user is user


def test_a_new_code_leaves_those_of_another_purpose(
    db_session: Session, user: User, code: str
) -> None:
    codes.new_code(db_session, user, Purpose.CONFIRM)

    assert codes.find_code(db_session, code, Purpose.RESET).user is user


def test_the_codes_of_others_do_not_end(
    db_session: Session, user: User, bob: User, code: str
) -> None:
    codes.end_codes(db_session, bob)

    assert codes.find_code(db_session, code, Purpose.RESET).user is user
