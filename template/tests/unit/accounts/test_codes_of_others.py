"""What happens to the codes of one user is nothing to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts import codes
from app.accounts.models import Purpose
from app.errors import InvalidError
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


def test_a_new_code_ends_ones_own_whatever_its_number(
    db_session: Session, user: User, other_user: User
) -> None:
    theirs = codes.new_code(db_session, other_user, Purpose.RESET)
    first = codes.new_code(db_session, user, Purpose.RESET)

    codes.new_code(db_session, user, Purpose.RESET)

    assert codes.find_code(db_session, theirs, Purpose.RESET).user is other_user
    with pytest.raises(InvalidError):
        codes.find_code(db_session, first, Purpose.RESET)


def test_a_code_that_is_used_leaves_those_for_other_purposes(
    db_session: Session, user: User
) -> None:
    confirm = codes.new_code(db_session, user, Purpose.CONFIRM)
    reset = codes.new_code(db_session, user, Purpose.RESET)

    codes.use_code(db_session, confirm, Purpose.CONFIRM)

    assert codes.find_code(db_session, reset, Purpose.RESET).user is user
