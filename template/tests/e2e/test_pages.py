"""A writer's whole journey on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client import Client


def test_a_visitor_writes_edits_and_deletes(browser: Client) -> None:
    created = browser.submit("/posts/new", title="My first", content="Hello, world")
    assert "Hello, world" in browser.get(created.location).text
    assert "My first" in browser.get("/posts").text

    edited = browser.submit(f"{created.location}/edit", title="My best", content="Hello again")
    assert "Hello again" in browser.get(edited.location).text
    assert "My first" not in browser.get("/posts").text

    browser.submit(f"{created.location}/delete", page=created.location)
    assert browser.get(created.location).status_code == 404
