"""Every form that guesses, or sends mail, is limited."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import PASSWORD
from tests.integration.accounts.forms import try_login

if TYPE_CHECKING:
    from app.accounts.models import User
    from tests.client import Client


@pytest.mark.parametrize(
    "path",
    [
        "/register",
        "/login",
        "/reset",
        "/confirm",
        "/profile/password",
        "/profile/email",
        "/profile/deactivate",
    ],
)
def test_the_eleventh_form_has_to_wait(auth_client: Client, path: str) -> None:
    headers = {"X-CSRFToken": auth_client.csrf_token("/profile/password")}

    with time_machine.travel(datetime.now(UTC), tick=False):
        *first, last = [auth_client.post(path, headers=headers) for _ in range(11)]

    assert 429 not in [response.status_code for response in first]
    assert last.status_code == 429
    assert last.headers["Retry-After"] == "180"


def test_guesses_of_a_password_are_counted_together(auth_client: Client) -> None:
    headers = {"X-CSRFToken": auth_client.csrf_token("/profile/password")}
    paths = ["/profile/password", "/profile/email", "/profile/deactivate"] * 4

    statuses = [auth_client.post(path, headers=headers).status_code for path in paths]

    assert 429 not in statuses[:10]
    assert statuses[10:] == [429, 429]


@pytest.mark.parametrize("path", ["/profile/password", "/profile/email", "/profile/deactivate"])
def test_strangers_use_up_nobodys_calls(client: Client, auth_client: Client, path: str) -> None:
    for _ in range(10):
        assert client.forge(path, page="/login").location == "/login"

    assert auth_client.submit(path).status_code == 422


def test_a_login_that_succeeds_gives_no_further_guesses(
    client: Client, user: User, other_user: User
) -> None:
    for password in ["wrong"] * 8 + [PASSWORD, "wrong"]:
        fields = {"email": user.email, "password": password}
        client.forge("/login", page="/reset", **fields)

    assert client.forge("/login", page="/reset", email=other_user.email).status_code == 429


def test_guesses_leave_the_way_to_a_reset_open(client: Client, user: User) -> None:
    for _ in range(11):
        try_login(client, user, "wrong")

    assert client.submit("/reset", email=user.email).location == "/login"
