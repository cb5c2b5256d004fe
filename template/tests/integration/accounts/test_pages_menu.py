"""What the menu offers, to whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.client import follow_links, links

if TYPE_CHECKING:
    from tests.client import Client


def test_a_stranger_is_offered_to_log_in(client: Client) -> None:
    offered = links(client.get("/").text)

    assert {"/login", "/register"} <= offered
    assert not {"/dashboard", "/profile", "/admin/users"} & offered


def test_a_user_is_offered_what_is_theirs(auth_client: Client) -> None:
    page = auth_client.get("/").text

    assert {"/dashboard", "/profile"} <= links(page)
    assert not {"/login", "/register", "/admin/users"} & links(page)
    assert 'action="/logout"' in page


def test_an_administrator_is_offered_the_users(admin_client: Client) -> None:
    assert "/admin/users" in links(admin_client.get("/").text)


def test_no_link_that_an_administrator_sees_is_dead(admin_client: Client) -> None:
    parts = {"email", "password", "deactivate"}

    seen = follow_links(admin_client, "/dashboard")

    assert {"/", "/admin/users", *(f"/profile/{part}" for part in parts)} <= seen


@pytest.mark.parametrize("path", ["/dashboard", "/profile", "/profile/password", "/admin/users"])
def test_nothing_is_loaded_from_elsewhere(admin_client: Client, path: str) -> None:
    page = admin_client.get(path).text

    assert loaded(page)
    assert not [address for address in loaded(page) if not re.match(r"/(?!/)", address)]
    assert not re.search(r"<script| style=", page)


@pytest.mark.parametrize("path", ["/login", "/register", "/reset"])
def test_nothing_is_loaded_from_elsewhere_for_strangers(client: Client, path: str) -> None:
    page = client.get(path).text

    assert not [address for address in loaded(page) if not re.match(r"/(?!/)", address)]
    assert not re.search(r"<script| style=", page)


def loaded(page: str) -> list[str]:
    """Return what a browser loads for a page, which links are not."""
    return re.findall(r'<(?!a )[^>]* (?:src|href)="([^"]+)"', page)


@pytest.mark.parametrize("path", ["/dashboard", "/profile", "/admin/users"])
def test_the_menu_says_where_one_is(admin_client: Client, path: str) -> None:
    page = admin_client.get(path).text

    assert re.findall(r'href="([^"]+)"[^>]* aria-current', page) == [path]


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_it_says_so_to_strangers_too(client: Client, path: str) -> None:
    page = client.get(path).text

    assert re.findall(r'href="([^"]+)"[^>]* aria-current', page) == [path]


@pytest.mark.parametrize(
    ("path", "words", "leads"),
    [
        ("/login", "Forgot your password?", "/reset"),
        ("/login", "Create an account", "/register"),
        ("/profile", "Change your e-mail address", "/profile/email"),
        ("/profile", "Change your password", "/profile/password"),
        ("/profile", "Close your account", "/profile/deactivate"),
        ("/profile/email", "Back to your profile", "/profile"),
        ("/nothing", "Go to the home page", "/"),
    ],
)
def test_a_link_leads_to_what_it_says(
    client: Client, auth_client: Client, path: str, words: str, leads: str
) -> None:
    page = (auth_client if path.startswith("/profile") else client).get(path).text

    assert re.findall(rf'<a\b[^>]* href="([^"]+)"[^>]*>{re.escape(words)}</a>', page) == [leads]
