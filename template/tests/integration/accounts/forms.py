"""What the tests of accounts type into forms, and what they see of the answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from app.config import TestingConfig
from tests.client import TOKEN
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from tests.client import Client

COOKIE = TestingConfig.SESSION_COOKIE_NAME
NEW_PASSWORD = "another good passphrase"


def both(password: str) -> dict[str, str]:
    """Return the fields of a password that is typed twice."""
    return {"password": password, "confirm_password": password}


def try_login(client: Client, user: User, password: str = PASSWORD, **more: str) -> TestResponse:
    """Send the login form."""
    return client.submit("/login", email=user.email, password=password, **more)


def is_in(client: Client) -> bool:
    """Tell whether a client is logged in."""
    response = client.get("/dashboard")
    assert response.status_code == 200 or response.location.startswith("/login")
    return response.status_code == 200


def seen(response: TestResponse, typed: str) -> tuple[int, str, dict[str, Any]]:
    """Return all that tells two answers apart, but for what was typed and what is random."""
    headers: dict[str, Any] = {
        name: value for name, value in response.headers if name not in RANDOM
    }
    headers["Set-Cookie"] = [
        re.sub("=[^;]+", "", cookie, count=1) for cookie in response.headers.getlist("Set-Cookie")
    ]
    return response.status_code, TOKEN.sub("", response.text).replace(typed, ""), headers


# The token of a form has a length that differs.
RANDOM = {"X-Request-ID", "Set-Cookie", "Content-Length"}
