"""A program's whole journey through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client import Client


def test_a_program_writes_edits_and_deletes(api: Client) -> None:
    body = {"title": "My first", "content": "Hello, world"}
    created = (api.post("/api/v1/posts/", json=body).json or {})["data"]
    url = f"/api/v1/posts/{created['id']}"
    assert (api.get(url).json or {})["data"] == created

    api.patch(url, json={"title": "My best"})
    listed = (api.get("/api/v1/posts/").json or {})["data"]
    assert [(post["title"], post["content"]) for post in listed] == [("My best", "Hello, world")]

    assert api.delete(url).status_code == 204
    assert api.get(url).status_code == 404
