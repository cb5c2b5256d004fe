"""A session opens the pages, a token the API, and neither the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.posts.models import Post
    from tests.client import Client

BODY = {"title": "Forged", "content": "Forged"}


def test_a_session_does_not_open_the_api(auth_client: Client, post: Post) -> None:
    headers = {"X-CSRFToken": auth_client.csrf_token("/posts/new")}

    for method, path in (
        ("GET", "users/me"),
        ("POST", "posts/"),
        ("PUT", f"posts/{post.id}"),
        ("PATCH", f"posts/{post.id}"),
        ("DELETE", f"posts/{post.id}"),
        ("POST", "auth/logout"),
    ):
        body = None if method in {"GET", "DELETE"} else BODY
        response = auth_client.open(f"/api/v1/{path}", method=method, json=body, headers=headers)
        assert response.status_code == 401, (method, path)


def test_a_token_does_not_open_the_pages(client: Client, auth_headers: dict[str, str]) -> None:
    response = client.get("/dashboard", headers=auth_headers)

    assert response.location.startswith("/login")
