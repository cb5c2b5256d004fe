"""Who may do what with a post through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from app.posts.models import Post
    from tests.client import Client

BODY = {"title": "Changed", "content": "Changed"}
WRITES = ["PUT", "PATCH", "DELETE"]


def send(client: Client, method: str, post: Post, headers: dict[str, str]) -> int:
    body = None if method in {"GET", "DELETE"} else BODY
    url = f"/api/v1/posts/{post.id}"
    return client.open(url, method=method, json=body, headers=headers).status_code


@pytest.mark.parametrize("actor", ["auth_headers", "other_headers", "admin_headers"])
def test_everybody_may_read(
    client: Client, post: Post, actor: str, request: pytest.FixtureRequest
) -> None:
    assert send(client, "GET", post, {}) == 200
    assert send(client, "GET", post, request.getfixturevalue(actor)) == 200


def test_a_new_post_belongs_to_who_wrote_it(
    client: Client, auth_headers: dict[str, str], user: User
) -> None:
    created = client.post("/api/v1/posts/", json=BODY, headers=auth_headers)

    assert created.json
    shown = client.get(f"/api/v1/posts/{created.json['data']['id']}")
    assert shown.json
    assert shown.json["data"]["author"] == {"id": user.id, "username": "ann"}


@pytest.mark.parametrize(("method", "status"), [("PUT", 200), ("PATCH", 200), ("DELETE", 204)])
def test_authors_may_change_what_is_theirs(
    client: Client, post: Post, auth_headers: dict[str, str], method: str, status: int
) -> None:
    assert send(client, method, post, auth_headers) == status


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("actor", ["other_headers", "admin_headers"])
def test_nobody_else_may_and_the_post_stays(
    client: Client, post: Post, method: str, actor: str, request: pytest.FixtureRequest
) -> None:
    before = client.get(f"/api/v1/posts/{post.id}").json

    assert send(client, method, post, request.getfixturevalue(actor)) == 404

    assert client.get(f"/api/v1/posts/{post.id}").json == before


def test_a_post_belongs_to_who_wrote_it_whatever_the_body_says(
    client: Client, auth_headers: dict[str, str], db_session: Session, post: Post
) -> None:
    body = {**BODY, "author": {"id": 1, "username": "bob"}}

    response = client.put(f"/api/v1/posts/{post.id}", json=body, headers=auth_headers)

    assert response.status_code == 422
    db_session.refresh(post)
    assert post.author.username == "ann"
