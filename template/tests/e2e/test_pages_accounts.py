"""A visitor's whole journey on the pages, from the first visit to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client import Client

EMAIL = "eve@example.com"
PASSWORD = "a long passphrase"


def test_a_visitor_joins_writes_leaves_and_comes_back(client: Client) -> None:
    assert "/register" in client.get("/").text
    welcome = client.submit(
        "/register", username="eve", email=EMAIL, password=PASSWORD, confirm_password=PASSWORD
    )
    assert "Welcome, eve." in client.get(welcome.location).text

    created = client.submit("/posts/new", title="My first", content="Hello, world")
    assert "My first" in client.get("/dashboard").text

    client.submit("/logout", page="/dashboard")
    assert client.get("/dashboard").location.startswith("/login")
    assert "Hello, world" in client.get(created.location).text

    back = client.submit("/login", email=EMAIL, password=PASSWORD)
    assert "My first" in client.get(back.location).text
