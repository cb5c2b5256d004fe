"""Calls are counted together, on the pages and at the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from app.accounts.models import User
    from tests.client import Client


def test_five_here_and_five_there_are_ten(client: Client, user: User) -> None:
    wrong = {"email": user.email, "password": "wrong"}
    right = {"email": user.email, "password": PASSWORD}

    for _ in range(5):
        assert client.submit("/login", **wrong).status_code == 422
        assert client.post("/api/v1/auth/login", json=wrong).status_code == 401

    assert client.submit("/login", **right).status_code == 429
    assert client.post("/api/v1/auth/login", json=right).status_code == 429


@pytest.mark.parametrize(
    ("page", "method", "path"),
    [
        ("/register", "POST", "users/"),
        ("/reset", "POST", "auth/reset"),
        ("/confirm", "POST", "users/me/confirmation"),
        ("/profile/password", "PUT", "users/me/password"),
    ],
)
def test_what_is_limited_here_is_limited_there(
    api: Client, auth_client: Client, page: str, method: str, path: str
) -> None:
    headers = {"X-CSRFToken": auth_client.csrf_token("/profile/password")}

    for _ in range(5):
        assert auth_client.post(page, headers=headers).status_code != 429
        assert api.open(f"/api/v1/{path}", method=method, json={}).status_code != 429

    assert auth_client.post(page, headers=headers).status_code == 429
    assert api.open(f"/api/v1/{path}", method=method, json={}).status_code == 429
