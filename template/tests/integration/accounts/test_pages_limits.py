"""Whoever tries passwords on the pages has to wait, and so has a right one then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.client import new_client
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from tests.client import Client


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock, which a test may set."""
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def tried(clock: time_machine.Traveller, client: Client, user: User) -> Client:  # noqa: ARG001
    """Return a client that has tried ten passwords."""
    assert {try_password(client, user, "wrong").status_code for _ in range(10)} == {422}
    return client


def try_password(client: Client, user: User, password: str) -> TestResponse:
    """Send the login form."""
    return client.submit("/login", email=user.email, password=password)


def test_the_eleventh_login_has_to_wait(tried: Client, user: User) -> None:
    response = try_password(tried, user, PASSWORD)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "180"
    assert response.mimetype == "text/html"
    assert "Too many requests. Please wait a little." in response.text
    assert tried.get("/dashboard").location.startswith("/login")


def test_after_three_minutes_it_goes_on(
    clock: time_machine.Traveller, tried: Client, user: User
) -> None:
    clock.shift(timedelta(seconds=179, milliseconds=500))
    assert try_password(tried, user, PASSWORD).headers["Retry-After"] == "1"

    clock.shift(timedelta(milliseconds=500))
    assert try_password(tried, user, PASSWORD).location == "/dashboard"


@pytest.mark.usefixtures("tried")
def test_a_new_browser_does_not_help(app: Flask, user: User) -> None:
    assert try_password(new_client(app), user, PASSWORD).status_code == 429


@pytest.mark.usefixtures("tried")
def test_another_address_need_not_wait(app: Flask, user: User) -> None:
    elsewhere = new_client(app)
    elsewhere.environ_base["REMOTE_ADDR"] = "9.9.9.9"

    assert try_password(elsewhere, user, PASSWORD).location == "/dashboard"


def test_the_form_itself_can_still_be_seen(tried: Client) -> None:
    assert tried.get("/login").status_code == 200
