"""Whoever tries passwords at the API has to wait, and so has a right one then."""

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
    assert {try_password(client, user, "wrong").status_code for _ in range(10)} == {401}
    return client


def try_password(client: Client, user: User, password: str) -> TestResponse:
    """Ask for tokens."""
    return client.post("/api/v1/auth/login", json={"email": user.email, "password": password})


def test_the_eleventh_login_has_to_wait(tried: Client, user: User) -> None:
    response = try_password(tried, user, PASSWORD)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "180"
    assert response.json == {
        "error": {
            "code": "TOO_MANY_REQUESTS",
            "message": "Too many requests. Please wait a little.",
            "details": {},
        }
    }


def test_after_three_minutes_it_goes_on(
    clock: time_machine.Traveller, tried: Client, user: User
) -> None:
    clock.shift(timedelta(seconds=179, milliseconds=500))
    assert try_password(tried, user, PASSWORD).headers["Retry-After"] == "1"

    clock.shift(timedelta(milliseconds=500))
    assert try_password(tried, user, PASSWORD).status_code == 200


@pytest.mark.usefixtures("tried")
def test_another_address_need_not_wait(app: Flask, user: User) -> None:
    elsewhere = new_client(app)
    elsewhere.environ_base["REMOTE_ADDR"] = "9.9.9.9"

    assert try_password(elsewhere, user, PASSWORD).status_code == 200


def test_what_is_no_login_at_all_counts_too(client: Client) -> None:
    statuses = [client.post("/api/v1/auth/login", json={}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_who_has_a_token_need_not_wait(tried: Client, auth_headers: dict[str, str]) -> None:
    assert tried.get("/api/v1/users/me", headers=auth_headers).status_code == 200
