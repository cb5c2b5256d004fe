"""Every endpoint that guesses, or sends mail, is limited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

if TYPE_CHECKING:
    from tests.client import Client


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "auth/login"),
        ("POST", "auth/reset"),
        ("POST", "users/"),
        ("PUT", "users/me/password"),
        ("PUT", "users/me/email"),
        ("POST", "users/me/confirmation"),
        ("POST", "users/me/deactivate"),
    ],
)
def test_the_eleventh_call_has_to_wait(api: Client, method: str, path: str) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False):
        *first, last = [api.open(f"/api/v1/{path}", method=method, json={}) for _ in range(11)]

    assert 429 not in [response.status_code for response in first]
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "180"


def test_guesses_of_a_password_are_counted_together(api: Client) -> None:
    calls = [("PUT", "password"), ("PUT", "email"), ("POST", "deactivate")] * 4

    statuses = [
        api.open(f"/api/v1/users/me/{path}", method=method, json={}).status_code
        for method, path in calls
    ]

    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "password"), ("PUT", "email"), ("POST", "deactivate")]
)
def test_strangers_use_up_nobodys_calls(
    client: Client, api: Client, method: str, path: str
) -> None:
    url = f"/api/v1/users/me/{path}"
    for _ in range(10):
        assert client.open(url, method=method, json={}).status_code == 401

    assert api.open(url, method=method, json={}).status_code == 422
