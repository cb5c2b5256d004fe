"""What can be done with accounts, without HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, insert

from app.accounts import codes, logins, passwords, service
from app.accounts.models import Code, Login, Purpose, Role, User, now
from app.errors import ConflictError, NotFoundError, UnauthorizedError
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY = timedelta(days=1)


class Spy(PasswordHasher):
    """A hasher that keeps what it is given."""

    def __init__(self, **costs: Any) -> None:
        super().__init__(**costs)
        self.hashed: list[str | bytes] = []

    def hash(self, password: str | bytes, **options: Any) -> str:
        """Keep a new password."""
        self.hashed.append(password)
        return super().hash(password, **options)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        """Keep a password that is compared."""
        self.hashed.append(password)
        return super().verify(hash, password)


def test_a_new_user_is_a_plain_one(db_session: Session) -> None:
    user = service.add_user(db_session, "eve", "eve@example.com", PASSWORD)

    assert (user.username, user.email, user.role) == ("eve", "eve@example.com", Role.USER)
    assert not user.is_admin


def test_passwords_are_stored_hashed(db_session: Session) -> None:
    user = service.add_user(db_session, "eve", "eve@example.com", PASSWORD)

    assert PASSWORD not in user.password_hash
    assert passwords.verify_password(user.password_hash, PASSWORD)


def test_addresses_are_kept_in_small_letters(db_session: Session) -> None:
    assert service.add_user(db_session, "eve", "Eve@Example.COM", PASSWORD).email == (
        "eve@example.com"
    )


def test_adding_leaves_the_commit_to_the_caller(db_session: Session) -> None:
    service.add_user(db_session, "eve", "eve@example.com", PASSWORD)
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
        service.add_user(db_session, username, email, PASSWORD)

    assert list(caught.value.details) == fields
    assert service.list_users(db_session).items == [user]


def test_a_user_can_begin_as_an_administrator(db_session: Session) -> None:
    assert service.add_user(db_session, "eve", "eve@example.com", PASSWORD, Role.ADMIN).is_admin


def overtake(session: Session, *_: Any) -> None:
    """Take the name of eve, after the look and before the write."""
    rival = {"username": "eve", "email": "rival@example.com", "password_hash": "-"}
    session.execute(insert(User).values(**rival))


def test_the_constraint_decides_a_race(db_session: Session) -> None:
    event.listen(db_session, "before_flush", overtake, once=True)

    with pytest.raises(ConflictError):
        service.add_user(db_session, "eve", "eve@example.com", PASSWORD)


def test_who_loses_a_race_for_a_name_has_no_fault_in_the_address(
    db_session: Session, user: User
) -> None:
    event.listen(db_session, "before_flush", overtake, once=True)

    with pytest.raises(ConflictError) as caught:
        service.rename(db_session, user, "eve")

    assert "email" not in caught.value.details


def test_the_session_can_be_used_after_a_conflict(db_session: Session, user: User) -> None:
    with pytest.raises(ConflictError):
        service.add_user(db_session, user.username, "new@example.com", PASSWORD)

    service.add_user(db_session, "eve", "eve@example.com", PASSWORD)
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
    with pytest.raises(UnauthorizedError, match="The e-mail address or the password is wrong"):
        service.authenticate(db_session, email, password)


def test_a_login_renews_a_hash_of_other_costs(db_session: Session) -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    user = UserFactory.create(password_hash=dear.hash(PASSWORD))

    service.authenticate(db_session, user.email, PASSWORD)

    assert not passwords.needs_rehash(user.password_hash)
    assert passwords.verify_password(user.password_hash, PASSWORD)


def test_whoever_is_shut_out_gets_the_same_answer(db_session: Session) -> None:
    user = UserFactory.create(active=False)

    with pytest.raises(UnauthorizedError, match="The e-mail address or the password is wrong"):
        service.authenticate(db_session, user.email, PASSWORD)


def test_an_address_may_have_to_be_confirmed_first(db_session: Session, user: User) -> None:
    with pytest.raises(UnauthorizedError, match="The e-mail address or the password is wrong"):
        service.authenticate(db_session, user.email, PASSWORD, confirmed_only=True)

    user.confirmed_at = now()
    assert service.authenticate(db_session, user.email, PASSWORD, confirmed_only=True) is user


@pytest.mark.parametrize("email", ["ann@example.com", "nobody@example.com"])
@pytest.mark.usefixtures("user")
def test_a_password_is_hashed_once_for_anybody(
    db_session: Session, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    spy = Spy(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", spy)

    with pytest.raises(UnauthorizedError):
        service.authenticate(db_session, email, "wrong")

    assert spy.hashed == ["wrong"]


def test_a_user_can_have_another_name(db_session: Session, user: User) -> None:
    service.rename(db_session, user, "anna")

    assert user.username == "anna"


def test_a_name_may_stay_as_it_is(db_session: Session, user: User) -> None:
    service.rename(db_session, user, user.username)

    assert user.username == "ann"


def test_nobody_takes_the_name_of_another(
    db_session: Session, user: User, other_user: User
) -> None:
    with pytest.raises(ConflictError) as caught:
        service.rename(db_session, user, other_user.username)

    assert list(caught.value.details) == ["username"]
    assert user.username == "ann"


def test_a_user_is_found_by_id(db_session: Session, user: User) -> None:
    assert service.get_user(db_session, user.id) is user


@pytest.mark.parametrize("user_id", [0, 2**40])
def test_an_unknown_user_is_not_found(db_session: Session, user_id: int) -> None:
    with pytest.raises(NotFoundError):
        service.get_user(db_session, user_id)


def test_users_are_listed_the_oldest_first(db_session: Session, user: User) -> None:
    older = UserFactory.create(created_at=user.created_at - DAY)

    assert service.list_users(db_session).items == [older, user]


def test_a_user_can_become_an_administrator(db_session: Session, user: User) -> None:
    assert service.promote(db_session, user.email) is user
    assert user.is_admin


def test_an_unknown_user_cannot_be_promoted(db_session: Session) -> None:
    with pytest.raises(NotFoundError, match=r"Nobody has the address nobody@example.com"):
        service.promote(db_session, "nobody@example.com")


def test_an_administrator_says_what_others_may_do(
    db_session: Session, user: User, admin_user: User
) -> None:
    service.set_role(db_session, user, Role.ADMIN, admin_user)

    assert user.is_admin


def test_whoever_is_shut_out_is_out_everywhere(
    db_session: Session, user: User, other_user: User, admin_user: User
) -> None:
    for somebody in (user, other_user):
        logins.open_login(db_session, somebody, DAY)
        codes.new_code(db_session, somebody, Purpose.RESET)

    service.set_active(db_session, user, admin_user, active=False)

    assert not user.active
    assert [login.user for login in db_session.query(Login)] == [other_user]
    assert [code.user for code in db_session.query(Code)] == [other_user]


def test_whoever_was_shut_out_can_be_let_in(db_session: Session, admin_user: User) -> None:
    user = UserFactory.create(active=False)

    service.set_active(db_session, user, admin_user, active=True)

    assert service.authenticate(db_session, user.email, PASSWORD) is user
    assert user.confirmed_at is None


def test_administrators_keep_their_own_rights(db_session: Session, admin_user: User) -> None:
    with pytest.raises(ConflictError, match="their own rights"):
        service.set_role(db_session, admin_user, Role.USER, admin_user)
    with pytest.raises(ConflictError, match="their own rights"):
        service.set_active(db_session, admin_user, admin_user, active=False)

    assert admin_user.is_admin
    assert admin_user.active


def test_what_a_closed_account_has_stays_taken(db_session: Session, user: User) -> None:
    service.shut_out(db_session, user)
    db_session.commit()

    with pytest.raises(ConflictError) as caught:
        service.add_user(db_session, "ANN", user.email, PASSWORD)

    assert list(caught.value.details) == ["username", "email"]


def test_a_closed_account_stays_closed_whoever_is_promoted(db_session: Session, user: User) -> None:
    service.shut_out(db_session, user)

    assert service.promote(db_session, user.email).active is False


def test_a_registration_takes_as_long_whoever_has_the_address(
    db_session: Session, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []

    def hash_password(password: str) -> str:
        hashed.append(password)
        return "!"

    monkeypatch.setattr(passwords, "hash_password", hash_password)
    with pytest.raises(ConflictError):
        service.add_user(db_session, "eve", user.email, PASSWORD)
    service.add_user(db_session, "eve", "new@example.com", PASSWORD)

    assert hashed == [PASSWORD, PASSWORD]


def test_a_wrong_password_is_never_kept(db_session: Session, user: User) -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    user.password_hash = dear

    with pytest.raises(UnauthorizedError):
        service.authenticate(db_session, user.email, "wrong")

    assert user.password_hash == dear
