"""Every address lets in whom it says, and no other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.client import Client

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
# Whoever adds a view either guards it or says here that everybody may call it.
PUBLIC = {
    "static",
    "health.healthz",
    "health.readyz",
    "docs.document",
    "docs.show",
    "docs.index",
    "home.index",
    "accounts.register",
    "accounts.create",
    "accounts.login",
    "accounts.authenticate",
    "auth_api.login",
    "auth_api.refresh",
    "users_api.register",
    "posts.index",
    "posts.show",
    "posts_api.list_posts",
    "posts_api.show_post",
}


def guarded(app: Flask) -> Iterator[tuple[str, str]]:
    """Return the method and the path of every view that is not public."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in PUBLIC:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, rule.rule.replace("<int:post_id>", "1")


@pytest.fixture
def csrf_headers(client: Client) -> dict[str, str]:
    """Return what keeps a request from being refused before anybody asks who sends it."""
    found = TOKEN.search(client.get("/login").text)
    return {"X-CSRFToken": found[1]} if found else {}


def test_a_stranger_is_kept_out_of_everything_else(
    app: Flask, client: Client, csrf_headers: dict[str, str]
) -> None:
    tried = 0
    for method, path in guarded(app):
        response = client.open(path, method=method, headers=csrf_headers)
        if path.startswith("/api/"):
            assert response.status_code == 401, (method, path)
        else:
            assert response.location.startswith("/login"), (method, path)
        tried += 1
    assert tried
