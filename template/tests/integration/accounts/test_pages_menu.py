"""What the menu offers, to whom."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tests.client import links

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
    seen: set[str] = set()
    waiting = {"/dashboard"}

    while waiting - seen:
        path = (waiting - seen).pop()
        seen.add(path)
        with closing(admin_client.get(path, follow_redirects=True)) as response:
            assert response.status_code == 200, path
            if response.mimetype == "text/html":
                assert ' href=""' not in response.text, path
                waiting |= {link for link in links(response.text) if link.startswith("/")}

    parts = {"email", "password", "deactivate"}
    assert {"/", "/admin/users", *(f"/profile/{part}" for part in parts)} <= seen
