"""What can be done with accounts, without HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, insert

from app.accounts import passwords, service
from app.accounts.models import Role, User
from app.errors import ConflictError, NotFoundError, UnauthorizedError
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_new_user_is_a_plain_one(db_session: Session) -> None:
    user = service.register(db_session, "eve", "eve@example.com", PASSWORD)

    assert (user.username, user.email, user.role) == ("eve", "eve@example.com", Role.USER)
    assert not user.is_admin


def test_passwords_are_stored_hashed(db_session: Session) -> None:
    user = service.register(db_session, "eve", "eve@example.com", PASSWORD)

    assert PASSWORD not in user.password_hash
    assert passwords.verify_password(user.password_hash, PASSWORD)


def test_addresses_are_kept_in_small_letters(db_session: Session) -> None:
    assert service.register(db_session, "eve", "Eve@Example.COM", PASSWORD).email == (
        "eve@example.com"
    )


def test_registering_leaves_the_commit_to_the_caller(db_session: Session) -> None:
    service.register(db_session, "eve", "eve@example.com", PASSWORD)
    db_session.rollback()

    assert service.find_by_email(db_session, "eve@example.com") is None


@pytest.mark.parametrize(
    ("username", "email", "fields"),
    [
        ("ann", "new@example.com", ["username"]),
        ("ANN", "new@example.com", ["username"]),
        ("new", "ann@example.com", ["email"]),
        ("new", "ANN@example.com", ["email"]),
        ("ann", "ann@example.com", ["username", "email"]),
    ],
)
def test_what_is_taken_is_named(
    db_session: Session, user: User, username: str, email: str, fields: list[str]
) -> None:
    with pytest.raises(ConflictError) as caught:
        service.register(db_session, username, email, PASSWORD)

    assert list(caught.value.details) == fields
    assert service.list_users(db_session).items == [user]


def test_the_constraint_decides_a_race(db_session: Session) -> None:
    def overtake(session: Session, *_: Any) -> None:
        rival = {"username": "eve", "email": "rival@example.com", "password_hash": "-"}
        session.execute(insert(User).values(**rival))

    event.listen(db_session, "before_flush", overtake, once=True)

    with pytest.raises(ConflictError):
        service.register(db_session, "eve", "eve@example.com", PASSWORD)


def test_the_session_can_be_used_after_a_conflict(db_session: Session, user: User) -> None:
    with pytest.raises(ConflictError):
        service.register(db_session, user.username, "new@example.com", PASSWORD)

    service.register(db_session, "eve", "eve@example.com", PASSWORD)
    assert service.list_users(db_session).total == 2


def test_the_right_password_finds_its_user(db_session: Session, user: User) -> None:
    assert service.authenticate(db_session, "Ann@example.com", PASSWORD) is user


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.com", "wrong"),
        ("ann@example.com", ""),
        ("nobody@example.com", PASSWORD),
        ("' OR 1=1--", PASSWORD),
    ],
)
@pytest.mark.usefixtures("user")
def test_every_wrong_pair_gets_one_answer(db_session: Session, email: str, password: str) -> None:
    with pytest.raises(UnauthorizedError, match="The e-mail address or the password is not right"):
        service.authenticate(db_session, email, password)


def test_a_login_renews_a_hash_of_other_costs(db_session: Session) -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    user = UserFactory.create(password_hash=dear.hash(PASSWORD))

    service.authenticate(db_session, user.email, PASSWORD)

    assert not passwords.needs_rehash(user.password_hash)
    assert passwords.verify_password(user.password_hash, PASSWORD)


def test_a_profile_can_be_changed(db_session: Session, user: User) -> None:
    service.update_profile(db_session, user, "anna", "Anna@example.com")

    assert (user.username, user.email) == ("anna", "anna@example.com")


def test_a_profile_may_stay_as_it_is(db_session: Session, user: User) -> None:
    service.update_profile(db_session, user, user.username, user.email)

    assert user.username == "ann"


def test_a_profile_cannot_take_the_name_of_another(
    db_session: Session, user: User, other_user: User
) -> None:
    with pytest.raises(ConflictError) as caught:
        service.update_profile(db_session, user, other_user.username, user.email)

    assert list(caught.value.details) == ["username"]
    assert user.username == "ann"


def test_users_are_listed_the_oldest_first(
    db_session: Session, other_user: User, user: User
) -> None:
    assert service.list_users(db_session).items == [other_user, user]


def test_a_user_can_become_an_administrator(db_session: Session, user: User) -> None:
    assert service.promote(db_session, user.email) is user
    assert user.is_admin


def test_nobody_cannot(db_session: Session) -> None:
    with pytest.raises(NotFoundError, match=r"Nobody has the address nobody@example.com"):
        service.promote(db_session, "nobody@example.com")
