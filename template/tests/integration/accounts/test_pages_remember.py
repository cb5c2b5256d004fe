"""How long a login on the pages lasts, with "keep me logged in" and without."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import delete

from app import db
from app.accounts.models import Login
from tests.client import new_client
from tests.integration.accounts.forms import COOKIE, is_in, try_login

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.client import Client
    from tests.statements import Statements

START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock, which a test may set."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def remembered(clock: time_machine.Traveller, client: Client, user: User) -> Client:  # noqa: ARG001
    """Return a client that the user stays logged in with."""
    try_login(client, user, remember="y")
    assert is_in(client)
    return client


def copy_of(app: Flask, client: Client) -> Client:
    """Return another client with the same cookie."""
    cookie = client.get_cookie(COOKIE)
    assert cookie
    copy = new_client(app)
    copy.set_cookie(COOKIE, cookie.value)
    return copy


def test_the_cookie_ends_with_the_browser(client: Client, user: User) -> None:
    try_login(client, user)

    cookie = client.get_cookie(COOKIE)
    assert cookie
    assert (cookie.expires, cookie.max_age) == (None, None)


def test_the_cookie_that_is_remembered_stays_two_weeks(remembered: Client) -> None:
    cookie = remembered.get_cookie(COOKIE)

    assert cookie
    assert cookie.expires == START + timedelta(days=14)


def test_a_login_ends_after_twelve_hours(
    clock: time_machine.Traveller, client: Client, user: User
) -> None:
    try_login(client, user)

    clock.shift(timedelta(hours=12) - SECOND)
    assert is_in(client)
    clock.shift(SECOND)
    assert not is_in(client)


@pytest.mark.parametrize(
    ("age", "lives"), [(timedelta(days=14) - SECOND, 1), (timedelta(days=14), 0)]
)
def test_a_login_that_is_remembered_ends_after_two_weeks_without_a_visit(
    clock: time_machine.Traveller, remembered: Client, age: timedelta, lives: int
) -> None:
    clock.shift(age)

    assert is_in(remembered) == lives


def test_a_login_keeps_its_token_in_the_first_week(
    clock: time_machine.Traveller, remembered: Client, db_session: Session
) -> None:
    clock.shift(timedelta(days=7))

    assert "Set-Cookie" not in remembered.get("/dashboard").headers
    assert db_session.query(Login).count() == 1


def test_a_visit_in_the_second_week_renews_the_login(
    clock: time_machine.Traveller, remembered: Client
) -> None:
    clock.shift(timedelta(days=7) + SECOND)
    assert "Set-Cookie" in remembered.get("/dashboard").headers
    assert "Set-Cookie" not in remembered.get("/dashboard").headers

    cookie = remembered.get_cookie(COOKIE)
    assert cookie
    assert cookie.expires == START + timedelta(days=21, seconds=1)
    clock.shift(timedelta(days=14) - SECOND)
    assert is_in(remembered)


def test_a_renewal_waits_for_a_new_password(
    app: Flask, clock: time_machine.Traveller, remembered: Client, statements: Statements
) -> None:
    clock.shift(timedelta(days=8))

    with statements() as sent:
        assert is_in(remembered)

    # SQLite has no locks of rows: there, whoever writes has waited for all others.
    knows_locks = app.extensions["database"].engine.dialect.name != "sqlite"
    held = [each for each in sent if "FROM users" in each.text and "FOR UPDATE" in each.text]
    assert bool(held) == knows_locks


def test_the_old_token_ends_a_minute_after_the_new_one_is_given(
    app: Flask, clock: time_machine.Traveller, remembered: Client
) -> None:
    old, older = copy_of(app, remembered), copy_of(app, remembered)
    clock.shift(timedelta(days=8))
    assert is_in(remembered)

    clock.shift(timedelta(seconds=59))
    assert is_in(old)
    clock.shift(SECOND)
    assert not is_in(older)
    assert is_in(old)
    assert is_in(remembered)


def test_a_logout_ends_the_login_that_was_renewed_too(
    app: Flask, clock: time_machine.Traveller, remembered: Client, other_user: User
) -> None:
    old, other = copy_of(app, remembered), new_client(app)
    try_login(other, other_user, remember="y")
    clock.shift(timedelta(days=8))
    assert is_in(remembered)

    remembered.submit("/logout", page="/dashboard")

    assert not is_in(remembered)
    assert not is_in(old)
    assert is_in(other)


@pytest.mark.usefixtures("real_commits")
def test_two_visits_at_once_can_renew_a_login(
    app: Flask, remembered: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_read = Barrier(2, timeout=9)

    def is_half_over(_login: Login) -> bool:
        both_have_read.wait()
        return True

    monkeypatch.setattr("app.accounts.session.is_half_over", is_half_over)

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(is_in, [remembered, copy_of(app, remembered)]))


def test_a_login_that_is_ended_in_the_moment_of_a_visit_is_not_renewed(
    remembered: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_half_over(_login: Login) -> bool:
        db.session().execute(delete(Login))
        db.session().commit()
        return True

    monkeypatch.setattr("app.accounts.session.is_half_over", is_half_over)

    assert not is_in(remembered)
    assert not is_in(remembered)


def test_a_renewed_login_is_as_old_as_the_password(
    clock: time_machine.Traveller, remembered: Client
) -> None:
    clock.shift(timedelta(days=8))
    assert is_in(remembered)

    assert remembered.get("/profile/password").location.startswith("/login")


def test_a_login_that_is_not_remembered_is_not_renewed(
    clock: time_machine.Traveller, client: Client, user: User
) -> None:
    try_login(client, user)
    assert is_in(client)
    clock.shift(timedelta(hours=11))

    assert "Set-Cookie" not in client.get("/dashboard").headers


def test_a_changed_password_keeps_who_is_remembered(remembered: Client) -> None:
    remembered.submit(
        "/profile/password",
        current_password="correct horse battery",
        password="another good passphrase",
        confirm_password="another good passphrase",
    )

    cookie = remembered.get_cookie(COOKIE)
    assert cookie
    assert cookie.expires == START + timedelta(days=14)
    assert is_in(remembered)
