"""What a form asks for, the browser of its reader knows too, and says before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.client import Client

NAME = {"required", 'maxlength="40"'}
ADDRESS = {"required", 'maxlength="254"'}
RULES = {
    "/login": {"email": {"required"}, "password": {"required"}, "remember": set[str]()},
    "/reset": {"email": {"required"}},
    "/register": {
        "username": NAME,
        "email": ADDRESS,
        "password": {"required"},
        "confirm_password": {"required"},
    },
    "/profile": {"username": NAME},
    "/profile/email": {"email": ADDRESS, "current_password": {"required"}},
    "/profile/password": {
        "current_password": {"required"},
        "password": {"required"},
        "confirm_password": {"required"},
    },
    "/profile/deactivate": {"current_password": {"required"}},
}
INPUT = re.compile(r'<input[^>]* id="(\w+)"[^>]*>')


@pytest.mark.parametrize("path", RULES)
def test_a_browser_knows_the_rules(client: Client, auth_client: Client, path: str) -> None:
    reader = auth_client if path.startswith("/profile") else client

    page = reader.get(path).text

    assert {
        field[1]: {*re.findall(r'required|maxlength="\d+"', field[0])}
        for field in INPUT.finditer(page)
        if field[1] != "csrf_token"
    } == RULES[path]


@pytest.mark.parametrize(
    ("path", "field"), [("/register", "username"), ("/register", "email"), ("/profile", "username")]
)
def test_what_is_missing_is_called_so(
    client: Client, auth_client: Client, path: str, field: str
) -> None:
    sender = auth_client if path == "/profile" else client

    page = sender.submit(path, **{field: ""}).text

    assert re.search(rf'id="{field}-error">\s*<li>This field is required.</li>\s*</ul>', page)
