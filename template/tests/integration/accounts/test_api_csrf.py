"""The API takes a session only together with the token of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from app.posts.models import Post
    from tests.client import Client

BODY = {"title": "Forged", "content": "Forged"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_session_alone_does_not_write(auth_client: Client, post: Post, method: str) -> None:
    response = auth_client.open(f"/api/v1/posts/{post.id}", method=method, json=BODY)

    assert response.status_code == 400
    assert response.json
    assert response.json["error"]["code"] == "BAD_REQUEST"


def test_the_token_of_another_session_does_not_help(
    auth_client: Client, other_headers: dict[str, str]
) -> None:
    token = {"X-CSRFToken": other_headers["X-CSRFToken"]}

    assert auth_client.post("/api/v1/posts/", json=BODY, headers=token).status_code == 400
