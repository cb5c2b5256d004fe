"""What the menu offers, to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
