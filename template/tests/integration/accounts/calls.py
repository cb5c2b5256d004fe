"""What the tests of accounts ask of the API, again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.client import data_of
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from app.accounts.tokens import Pair
    from tests.client import Client

AUTH = "/api/v1/auth"
USERS = "/api/v1/users/"
ME = "/api/v1/users/me"
NEW_PASSWORD = "another good password"

# What users never say of themselves.
PROTECTED = {
    "id": 7,
    "is_admin": True,
    "role": "admin",
    "active": False,
    "confirmed_at": "2026-01-01T00:00:00+00:00",
    "created_at": "2026-01-01T00:00:00+00:00",
    "password_hash": "x",
}
# How each kind of letter is asked for, and what is done with the code that it holds.
ASK: dict[str, tuple[str, str, dict[str, str]]] = {
    "confirm": ("POST", f"{ME}/confirmation", {}),
    "reset": ("POST", f"{AUTH}/reset", {"email": "ann@example.com"}),
    "email": (
        "PUT",
        f"{ME}/email",
        {"email": "new@example.com", "current_password": PASSWORD},
    ),
}
USE: dict[str, tuple[str, dict[str, str]]] = {
    "confirm": (f"{AUTH}/confirm", {}),
    "reset": (f"{AUTH}/password", {"password": NEW_PASSWORD}),
    "email": (f"{AUTH}/email", {}),
}


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def try_login(client: Client, email: str, password: str = PASSWORD) -> TestResponse:
    """Ask for tokens."""
    return client.post(f"{AUTH}/login", json={"email": email, "password": password})


def logged_in(client: Client, user: User) -> Pair:
    """Return the tokens that a login gives."""
    pair: Pair = data_of(try_login(client, user.email))
    return pair


def renew(client: Client, token: str) -> TestResponse:
    """Ask for a new pair of tokens."""
    return client.post(f"{AUTH}/refresh", json={"refresh_token": token})


def statuses(client: Client, pair: Pair) -> tuple[int, int]:
    """Return what the access and the refresh token of a pair get; the second is used up by it."""
    access = client.get(ME, headers=bearer(pair["access_token"]))
    return access.status_code, renew(client, pair["refresh_token"]).status_code


def ask(client: Client, letter: str, pair: Pair | None = None) -> TestResponse:
    """Ask for a letter to the user who is called ann, with tokens of hers if they are given."""
    method, path, body = ASK[letter]
    headers = bearer(pair["access_token"]) if pair else None
    return client.open(path, method=method, json=body or None, headers=headers)


def use(client: Client, letter: str, code: str) -> TestResponse:
    """Do what a letter asks for."""
    path, body = USE[letter]
    return client.post(path, json={"code": code, **body})


def seen(response: TestResponse) -> tuple[int, str, dict[str, Any]]:
    """Return all that tells two answers apart: not the id of the request."""
    headers = {name: value for name, value in response.headers if name != "X-Request-ID"}
    return response.status_code, response.text, headers
