"""What lets somebody in, and how it is changed, without HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.accounts import codes, credentials, logins, passwords, service
from app.accounts.models import Code, Login, Purpose, Role, now
from app.errors import ConflictError, InvalidError
from app.mail import Letter
from tests.factories import PASSWORD, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from app.accounts.models import User

NEW = "another good password"
DAY = timedelta(days=1)


def test_a_new_user_is_welcomed(db_session: Session) -> None:
    letter = credentials.register(db_session, "eve", "Eve@example.com", PASSWORD)

    assert (letter.to, letter.name) == ("eve@example.com", "welcome")
    assert letter.values["username"] == "eve"
    assert credentials.confirm(db_session, letter.values["code"]).confirmed_at


def test_only_its_owner_hears_that_an_address_is_known(db_session: Session, user: User) -> None:
    letter = credentials.register(db_session, "eve", user.email.upper(), PASSWORD)

    assert letter == Letter(user.email, "known")
    assert service.list_users(db_session).items == [user]


@pytest.mark.parametrize("email", ["ann@example.com", "new@example.com"])
def test_a_name_that_is_taken_is_said(db_session: Session, user: User, email: str) -> None:
    with pytest.raises(ConflictError) as caught:
        credentials.register(db_session, user.username, email, PASSWORD)

    assert list(caught.value.details) == ["username"]


@pytest.mark.parametrize("password", ["too short", "qwertyuiop123"])
def test_a_weak_password_is_refused(db_session: Session, user: User, password: str) -> None:
    reset = codes.new_code(db_session, user, Purpose.RESET)

    changes: list[Callable[[], Letter]] = [
        lambda: credentials.register(db_session, "eve", "eve@example.com", password),
        lambda: credentials.reset_password(db_session, reset, password),
        lambda: credentials.change_password(db_session, user, PASSWORD, password),
    ]
    for change in changes:
        with pytest.raises(InvalidError) as caught:
            change()
        assert list(caught.value.details) == ["password"]

    assert service.authenticate(db_session, user.email, PASSWORD) is user


def test_an_address_is_confirmed_once(db_session: Session, user: User, other_user: User) -> None:
    letter = credentials.ask_confirmation(db_session, user)
    assert letter
    assert (letter.to, letter.name) == (user.email, "confirm")

    credentials.confirm(db_session, letter.values["code"])

    db_session.flush()
    db_session.refresh(other_user)
    assert user.confirmed_at
    assert other_user.confirmed_at is None
    assert credentials.ask_confirmation(db_session, user) is None


def test_a_forgotten_password_is_replaced(db_session: Session, user: User) -> None:
    letter = credentials.ask_reset(db_session, "Ann@example.com")
    assert letter
    assert (letter.to, letter.name) == (user.email, "reset")

    notice = credentials.reset_password(db_session, letter.values["code"], NEW)

    assert notice == Letter(user.email, "password_changed", {"username": "ann"})
    assert service.authenticate(db_session, user.email, NEW) is user


def test_nobody_resets_the_password_of_a_stranger(db_session: Session) -> None:
    assert credentials.ask_reset(db_session, "nobody@example.com") is None


def test_whoever_is_shut_out_cannot_come_back_by_mail(db_session: Session) -> None:
    user = UserFactory.create(active=False)

    assert credentials.ask_reset(db_session, user.email) is None


def test_a_reset_confirms_the_address(db_session: Session, user: User) -> None:
    reset = codes.new_code(db_session, user, Purpose.RESET)

    credentials.reset_password(db_session, reset, NEW)

    assert user.confirmed_at


def test_an_address_stays_confirmed_since_it_was(db_session: Session) -> None:
    before = now() - DAY
    user = UserFactory.create(confirmed_at=before)
    reset = codes.new_code(db_session, user, Purpose.RESET)

    credentials.reset_password(db_session, reset, NEW)

    assert user.confirmed_at == before


@pytest.mark.parametrize("way", ["change", "reset"])
def test_nothing_that_the_old_password_opened_stays_open(
    db_session: Session, user: User, other_user: User, way: str
) -> None:
    for somebody in (user, other_user):
        logins.open_login(db_session, somebody, DAY)
        codes.new_code(db_session, somebody, Purpose.EMAIL, "new@example.com")
    reset = codes.new_code(db_session, user, Purpose.RESET)

    if way == "change":
        credentials.change_password(db_session, user, PASSWORD, NEW)
    else:
        credentials.reset_password(db_session, reset, NEW)

    assert passwords.verify_password(user.password_hash, NEW)
    assert [login.user for login in db_session.query(Login)] == [other_user]
    assert [code.user for code in db_session.query(Code)] == [other_user]


def test_what_matters_asks_for_the_password(db_session: Session, user: User) -> None:
    changes: list[Callable[[], object]] = [
        lambda: credentials.change_password(db_session, user, "wrong", NEW),
        lambda: credentials.ask_email(db_session, user, "wrong", "new@example.com"),
        lambda: credentials.deactivate(db_session, user, "wrong"),
    ]
    for change in changes:
        with pytest.raises(InvalidError) as caught:
            change()
        assert list(caught.value.details) == ["current_password"]

    assert user.active
    assert service.authenticate(db_session, user.email, PASSWORD) is user


def test_a_new_address_is_the_user_s_when_its_reader_says_so(
    db_session: Session, user: User
) -> None:
    letter = credentials.ask_email(db_session, user, PASSWORD, "New@example.com")
    assert (letter.to, letter.name, user.email) == ("new@example.com", "email", "ann@example.com")

    notice = credentials.change_email(db_session, letter.values["code"])

    assert user.email == "new@example.com"
    assert user.confirmed_at
    assert (notice.to, notice.name) == ("ann@example.com", "email_changed")
    assert notice.values["email"] == "new@example.com"


def test_the_codes_of_the_old_address_end_with_it(db_session: Session, user: User) -> None:
    reset = codes.new_code(db_session, user, Purpose.RESET)
    letter = credentials.ask_email(db_session, user, PASSWORD, "new@example.com")

    credentials.change_email(db_session, letter.values["code"])

    with pytest.raises(InvalidError):
        credentials.reset_password(db_session, reset, NEW)
    assert db_session.query(Code).count() == 0


def test_only_its_owner_hears_that_a_new_address_is_known(
    db_session: Session, user: User, other_user: User
) -> None:
    letter = credentials.ask_email(db_session, user, PASSWORD, other_user.email.upper())

    assert letter == Letter(other_user.email, "known")
    assert db_session.query(Code).count() == 0


def test_a_new_address_may_be_taken_meanwhile(db_session: Session, user: User) -> None:
    letter = credentials.ask_email(db_session, user, PASSWORD, "new@example.com")
    UserFactory.create(email="new@example.com")

    with pytest.raises(ConflictError) as caught:
        credentials.change_email(db_session, letter.values["code"])

    assert list(caught.value.details) == ["email"]
    assert user.email == "ann@example.com"


def test_users_can_shut_themselves_out(db_session: Session, user: User) -> None:
    logins.open_login(db_session, user, DAY)

    credentials.deactivate(db_session, user, PASSWORD)

    assert not user.active
    assert db_session.query(Login).count() == 0


def test_the_last_administrator_stays(db_session: Session, admin_user: User) -> None:
    demoted = UserFactory.create(admin=True)
    shut_out = UserFactory.create(admin=True)
    service.set_role(db_session, demoted, Role.USER, admin_user)
    service.set_active(db_session, shut_out, admin_user, active=False)

    with pytest.raises(ConflictError, match="You are the only administrator") as caught:
        credentials.deactivate(db_session, admin_user, PASSWORD)

    assert list(caught.value.details) == ["current_password"]
    assert admin_user.active


def test_one_of_several_administrators_may_go(db_session: Session, admin_user: User) -> None:
    UserFactory.create(admin=True)

    credentials.deactivate(db_session, admin_user, PASSWORD)

    assert not admin_user.active


def test_a_weak_password_says_nothing_of_an_address(db_session: Session, user: User) -> None:
    for email in (user.email, "new@example.com"):
        with pytest.raises(InvalidError) as caught:
            credentials.register(db_session, "eve", email, "elevenchars")
        assert list(caught.value.details) == ["password"]


def test_a_wrong_password_says_nothing_of_an_address(
    db_session: Session, user: User, other_user: User
) -> None:
    for email in (other_user.email, "new@example.com"):
        with pytest.raises(InvalidError) as caught:
            credentials.ask_email(db_session, user, "wrong", email)
        assert list(caught.value.details) == ["current_password"]
