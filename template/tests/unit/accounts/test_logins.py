"""Logins and the tokens that prove them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import time_machine

from app.accounts import codes, logins
from app.accounts.models import Login, Purpose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def test_the_token_of_a_login_is_not_stored(db_session: Session, user: User) -> None:
    login, token = logins.open_login(db_session, user, DAY)

    assert login.token_hash == logins.digest(token) != token
    assert login.user is user


def test_no_two_tokens_are_alike() -> None:
    assert len({logins.new_token() for _ in range(100)}) == 100


def test_a_login_lives_until_it_ends(db_session: Session, user: User) -> None:
    with time_machine.travel(NOW, tick=False):
        login, _ = logins.open_login(db_session, user, DAY)
    with time_machine.travel(NOW + DAY - SECOND, tick=False):
        assert logins.is_live(login)
    with time_machine.travel(NOW + DAY, tick=False):
        assert not logins.is_live(login)


def test_no_login_of_whoever_is_shut_out_lives(db_session: Session, user: User) -> None:
    login, _ = logins.open_login(db_session, user, DAY)
    user.active = False

    assert not logins.is_live(login)


def test_a_login_is_recent_for_a_while(db_session: Session, user: User) -> None:
    with time_machine.travel(NOW, tick=False):
        login, _ = logins.open_login(db_session, user, DAY)
        db_session.commit()
    with time_machine.travel(NOW + DAY, tick=False):
        assert logins.is_recent(login, DAY)
    with time_machine.travel(NOW + DAY + SECOND, tick=False):
        assert not logins.is_recent(login, DAY)


def test_a_login_that_follows_is_no_younger(db_session: Session, user: User) -> None:
    with time_machine.travel(NOW, tick=False):
        old, old_token = logins.open_login(db_session, user, DAY)
        db_session.commit()
    with time_machine.travel(NOW + DAY / 2, tick=False):
        new, new_token = logins.renew(db_session, old, DAY)

    assert new_token != old_token
    assert new.created_at == NOW
    assert new.expires_at == NOW + DAY * 1.5
    assert old.expires_at == NOW + DAY / 2 + logins.GRACE


def test_all_logins_of_a_user_can_end_at_once(
    db_session: Session, user: User, other_user: User
) -> None:
    for somebody in (user, user, other_user):
        logins.open_login(db_session, somebody, DAY)

    logins.end_logins(db_session, user)

    assert [login.user for login in db_session.query(Login)] == [other_user]


def test_what_has_ended_can_be_deleted(db_session: Session, user: User) -> None:
    for lifetime in (-DAY, timedelta(0), DAY):
        with time_machine.travel(NOW, tick=False):
            logins.open_login(db_session, user, lifetime)
            codes.new_code(db_session, user, Purpose.CONFIRM)
    with time_machine.travel(NOW + DAY / 2, tick=False):
        assert logins.purge(db_session) == 2
        assert db_session.query(Login).one().expires_at == NOW + DAY
    with time_machine.travel(NOW + 3 * DAY, tick=False):
        assert logins.purge(db_session) == 2
