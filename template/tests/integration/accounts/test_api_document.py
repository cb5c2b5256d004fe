"""The API's document says what needs a login."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.client import Client


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_says_what_needs_a_login(client: Client, method: str) -> None:
    document = client.get("/api/v1/openapi.json").json or {}

    post = document["paths"]["/api/v1/posts/{post_id}"]
    assert post[method]["security"]
    assert "security" not in post["get"]
    (scheme,) = post[method]["security"][0]
    assert scheme in document["components"]["securitySchemes"]
