"""What a form asks for, the browser of its reader knows too, and says before anything is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.accounts.passwords import MIN_LENGTH

if TYPE_CHECKING:
    from tests.client import Client

NAME = {"required", 'maxlength="40"'}
ADDRESS = {"required", 'maxlength="254"'}
SECRET = re.compile(r'<input[^>]* id="(\w*password)"[^>]*>')
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


@pytest.mark.parametrize("path", RULES)
def test_nobody_reads_a_password_over_a_shoulder(
    client: Client, auth_client: Client, path: str
) -> None:
    page = (auth_client if path.startswith("/profile") else client).get(path).text

    found = {field[1]: field[0] for field in SECRET.finditer(page)}
    assert found.keys() == {name for name in RULES[path] if name.endswith("password")}
    for name, field in found.items():
        known = path == "/login" or name == "current_password"
        assert 'type="password"' in field
        assert f'autocomplete="{"current" if known else "new"}-password"' in field


@pytest.mark.parametrize("path", ["/register", "/profile/password"])
def test_a_form_says_how_long_a_password_is(client: Client, auth_client: Client, path: str) -> None:
    page = (auth_client if path.startswith("/profile") else client).get(path).text

    assert f"At least {MIN_LENGTH} characters." in page


@pytest.mark.parametrize("path", RULES)
def test_a_form_with_errors_begins_with_them(
    client: Client, auth_client: Client, path: str
) -> None:
    sender = auth_client if path.startswith("/profile") else client
    sent = {"username": ""} if path == "/profile" else {}

    page = sender.submit(path, **sent).text

    beside = re.findall(r'id="(\w+)-error"', page)
    assert beside
    assert re.findall(r'<li><a href="#(\w+)">', page) == beside
    assert "<title>Error: " in page
