"""Posts through the API: reading, writing, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.posts.models import CONTENT_LENGTH, TITLE_LENGTH, Post
from tests.factories import PostFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client

URL = "/api/v1/posts/"
BODY = {"title": "Hello", "content": "World"}
INVALID: list[tuple[Any, str]] = [
    ({"content": "World"}, "title"),
    ({"title": "Hello"}, "content"),
    ({**BODY, "title": ""}, "title"),
    ({**BODY, "title": "  \n"}, "title"),
    ({**BODY, "title": "x" * (TITLE_LENGTH + 1)}, "title"),
    ({**BODY, "title": 7}, "title"),
    ({**BODY, "title": None}, "title"),
    ({**BODY, "content": ""}, "content"),
    ({**BODY, "content": "x" * (CONTENT_LENGTH + 1)}, "content"),
    ({**BODY, "id": 7}, "id"),
    ({**BODY, "author_id": 7}, "author_id"),
    ({**BODY, "created_at": "2026-01-01T00:00:00+00:00"}, "created_at"),
    ([], "_schema"),
]


def test_the_list_of_nothing_is_empty(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 200
    assert response.json == {
        "data": [],
        "meta": {
            "page": 1,
            "per_page": 20,
            "total": 0,
            "pages": 0,
            "has_next": False,
            "has_prev": False,
        },
    }


def test_the_list_comes_in_pages_without_a_gap_or_a_double(client: Client) -> None:
    posts = PostFactory.create_batch(5)

    pages = [client.get(URL, query_string={"page": n, "per_page": 2}).json for n in (1, 2, 3)]

    ids = [item["id"] for page in pages for item in (page or {})["data"]]
    assert ids == [post.id for post in reversed(posts)]
    assert [(page or {})["meta"] for page in pages] == [
        {"page": n, "per_page": 2, "total": 5, "pages": 3, "has_prev": n > 1, "has_next": n < 3}
        for n in (1, 2, 3)
    ]


def test_a_page_after_the_last_is_empty(client: Client, post: Post) -> None:
    response = client.get(URL, query_string={"page": 9})

    assert response.json
    assert (response.json["data"], response.json["meta"]["total"]) == ([], 1)
    assert post.id


@pytest.mark.parametrize("name", ["page", "per_page"])
@pytest.mark.parametrize("value", ["0", "-1", "101000000", "two", "1.5", ""])
def test_a_page_that_makes_no_sense_is_refused(client: Client, name: str, value: str) -> None:
    response = client.get(URL, query_string={name: value})

    assert response.status_code == 422
    assert response.json
    assert response.json["error"]["code"] == "VALIDATION_ERROR"
    assert list(response.json["error"]["details"]) == [name]


def test_a_page_has_at_most_a_hundred_posts(client: Client) -> None:
    assert client.get(URL, query_string={"per_page": 100}).status_code == 200
    assert client.get(URL, query_string={"per_page": 101}).status_code == 422


def test_a_post_is_shown_to_everybody(client: Client, post: Post) -> None:
    response = client.get(f"{URL}{post.id}")

    assert response.status_code == 200
    assert response.json
    assert (
        response.json["data"]
        | {
            "id": post.id,
            "title": post.title,
            "content": post.content,
            "created_at": post.created_at.isoformat(),
            "updated_at": post.updated_at.isoformat(),
        }
        == response.json["data"]
    )


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_post_that_is_not_there_is_not_found(api: Client, method: str) -> None:
    body = None if method in {"GET", "DELETE"} else BODY

    response = api.open(f"{URL}404", method=method, json=body)

    assert response.status_code == 404
    assert response.json == {
        "error": {"code": "NOT_FOUND", "message": "There is nothing here.", "details": {}}
    }


def test_a_new_post_is_kept(api: Client, db_session: Session) -> None:
    response = api.post(URL, json=BODY)

    assert response.status_code == 201
    assert response.json
    post = db_session.get(Post, response.json["data"]["id"])
    assert post
    assert (post.title, post.content) == ("Hello", "World")


def test_titles_and_contents_may_be_as_long_as_said(api: Client) -> None:
    body = {"title": "x" * TITLE_LENGTH, "content": "y" * CONTENT_LENGTH}

    response = api.post(URL, json=body)

    assert response.status_code == 201
    assert response.json
    assert {name: response.json["data"][name] for name in body} == body


@pytest.mark.parametrize(("body", "field"), INVALID)
def test_what_is_not_valid_is_refused_by_field(
    api: Client, db_session: Session, body: Any, field: str
) -> None:
    response = api.post(URL, json=body)

    assert response.status_code == 422
    assert response.json
    assert response.json["error"]["code"] == "VALIDATION_ERROR"
    assert list(response.json["error"]["details"]) == [field]
    assert db_session.query(Post).count() == 0


def test_replacing_a_post_changes_all_of_it(api: Client, db_session: Session, post: Post) -> None:
    response = api.put(f"{URL}{post.id}", json=BODY)

    assert response.status_code == 200
    assert response.json
    assert response.json["data"]["title"] == "Hello"
    db_session.refresh(post)
    assert (post.title, post.content) == ("Hello", "World")


def test_replacing_a_post_needs_all_of_it(api: Client, post: Post) -> None:
    response = api.put(f"{URL}{post.id}", json={"title": "Hello"})

    assert response.status_code == 422
    assert response.json
    assert list(response.json["error"]["details"]) == ["content"]


def test_changing_a_post_leaves_the_rest(api: Client, db_session: Session, post: Post) -> None:
    content = post.content

    response = api.patch(f"{URL}{post.id}", json={"title": "Hello"})

    assert response.status_code == 200
    db_session.refresh(post)
    assert (post.title, post.content) == ("Hello", content)


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("field", ["id", "author_id", "updated_at"])
def test_what_must_not_be_written_is_refused_in_a_change(
    api: Client, post: Post, method: str, field: str
) -> None:
    response = api.open(f"{URL}{post.id}", method=method, json={**BODY, field: 7})

    assert response.status_code == 422
    assert response.json
    assert list(response.json["error"]["details"]) == [field]


def test_a_deleted_post_is_gone(api: Client, db_session: Session, post: Post) -> None:
    response = api.delete(f"{URL}{post.id}")

    assert (response.status_code, response.data) == (204, b"")
    assert db_session.query(Post).count() == 0
