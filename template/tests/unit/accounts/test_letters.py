"""What a letter tells its reader: their name, and a code where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.accounts import codes, credentials
from app.accounts.models import Purpose
from app.mail import Letter
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User


def test_who_confirms_an_address_is_greeted(db_session: Session, user: User) -> None:
    letter = credentials.ask_confirmation(db_session, user)

    assert letter
    assert letter.values == {"username": user.username, "code": letter.values["code"]}


def test_who_has_forgotten_a_password_is_greeted(db_session: Session, user: User) -> None:
    letter = credentials.ask_reset(db_session, user.email)

    assert letter
    assert letter.values == {"username": user.username, "code": letter.values["code"]}


def test_who_asks_for_another_address_is_greeted(db_session: Session, user: User) -> None:
    letter = credentials.ask_email(db_session, user, PASSWORD, "new@example.com")

    assert letter.values == {"username": user.username, "code": letter.values["code"]}


def test_the_old_address_hears_of_the_new_one(db_session: Session, user: User) -> None:
    old = user.email
    code = codes.new_code(db_session, user, Purpose.EMAIL, "new@example.com")

    letter = credentials.change_email(db_session, code)

    values = {"username": user.username, "email": "new@example.com"}
    assert letter == Letter(old, "email_changed", values)
