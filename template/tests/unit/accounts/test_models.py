"""What the tables of accounts hold."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.accounts import codes, logins
from app.accounts.models import Code, Login, Purpose, User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.mark.parametrize("field", ["username", "email"])
def test_names_are_unique_in_the_database_too(db_session: Session, user: User, field: str) -> None:
    with pytest.raises(IntegrityError):
        UserFactory.create(**{field: getattr(user, field)})
    db_session.rollback()


def test_the_database_knows_the_roles(db_session: Session) -> None:
    with pytest.raises(DBAPIError):
        db_session.execute(
            User.__table__.insert().values(  # type: ignore[attr-defined]
                username="eve",
                email="e@example.com",
                password_hash="-",
                role="owner",
            )
        )


def test_logins_and_codes_go_with_their_user(db_session: Session, user: User) -> None:
    logins.open_login(db_session, user, timedelta(days=1))
    codes.new_code(db_session, user, Purpose.RESET)
    db_session.commit()

    db_session.delete(user)
    db_session.commit()

    assert db_session.query(Login).count() == 0
    assert db_session.query(Code).count() == 0


def test_the_database_knows_the_purposes(db_session: Session, user: User) -> None:
    codes.new_code(db_session, user, Purpose.RESET)

    with pytest.raises(DBAPIError):
        db_session.execute(text("UPDATE codes SET purpose = 'enter'"))


def test_a_user_does_not_show_the_hash(user: User) -> None:
    assert repr(user) == f"<User {user.id} 'ann'>"


def test_a_login_does_not_show_its_token(db_session: Session, user: User) -> None:
    login, _ = logins.open_login(db_session, user, timedelta(days=1))

    assert repr(login) == f"<Login {login.id} of user {user.id}>"


def test_a_code_does_not_show_itself(db_session: Session, user: User) -> None:
    codes.new_code(db_session, user, Purpose.RESET)
    code = db_session.query(Code).one()

    assert repr(code) == f"<Code {code.id} of user {user.id}>"
