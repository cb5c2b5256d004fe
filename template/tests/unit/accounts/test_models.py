"""What the tables of accounts hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.accounts.models import Login, User
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
                created_at=datetime.now(UTC),
            )
        )


def test_logins_go_with_their_user(db_session: Session, user: User) -> None:
    db_session.add(Login(user=user, token_hash="0" * 64, expires_at=datetime.now(UTC)))
    db_session.commit()

    db_session.delete(user)
    db_session.commit()

    assert db_session.query(Login).count() == 0


def test_a_user_does_not_show_the_hash(user: User) -> None:
    assert repr(user) == f"<User {user.id} 'ann'>"


def test_a_login_does_not_show_its_token(db_session: Session, user: User) -> None:
    login = Login(user=user, token_hash="0" * 64, expires_at=datetime.now(UTC))
    db_session.add(login)
    db_session.flush()

    assert repr(login) == f"<Login {login.id} of user {user.id}>"
