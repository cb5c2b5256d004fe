"""Writing posts on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.posts.models import CONTENT_LENGTH, TITLE_LENGTH, Post

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client

FIELDS = {"title": "Hello", "content": "World"}
INVALID = [
    ({**FIELDS, "title": ""}, "title"),
    ({**FIELDS, "title": "   "}, "title"),
    ({**FIELDS, "title": "x" * (TITLE_LENGTH + 1)}, "title"),
    ({**FIELDS, "content": ""}, "content"),
    ({**FIELDS, "content": "x" * (CONTENT_LENGTH + 1)}, "content"),
]


def test_a_new_post_is_kept_and_shown(browser: Client, db_session: Session) -> None:
    response = browser.submit("/posts/new", **FIELDS)

    post = db_session.query(Post).one()
    assert response.status_code in {302, 303}
    assert response.location == f"/posts/{post.id}"
    assert (post.title, post.content) == ("Hello", "World")
    assert "Your post is published." in browser.get(response.location).text


@pytest.mark.parametrize(("fields", "wrong"), INVALID)
def test_a_new_post_that_is_not_valid_is_shown_again(
    browser: Client, db_session: Session, fields: dict[str, str], wrong: str
) -> None:
    response = browser.submit("/posts/new", **fields)

    assert response.status_code == 422
    assert f'id="{wrong}-error"' in response.text
    assert db_session.query(Post).count() == 0


def test_the_form_of_a_post_holds_what_it_says(browser: Client, post: Post) -> None:
    page = browser.get(f"/posts/{post.id}/edit").text

    assert f'value="{post.title}"' in page
    assert post.content in page


def test_a_change_is_kept_and_shown(browser: Client, db_session: Session, post: Post) -> None:
    response = browser.submit(f"/posts/{post.id}/edit", **FIELDS)

    assert response.location == f"/posts/{post.id}"
    db_session.refresh(post)
    assert (post.title, post.content) == ("Hello", "World")
    assert "Your changes are saved." in browser.get(response.location).text


@pytest.mark.parametrize(("fields", "wrong"), INVALID)
def test_a_change_that_is_not_valid_changes_nothing(
    browser: Client, db_session: Session, post: Post, fields: dict[str, str], wrong: str
) -> None:
    before = (post.title, post.content)

    response = browser.submit(f"/posts/{post.id}/edit", **fields)

    assert response.status_code == 422
    assert f'id="{wrong}-error"' in response.text
    db_session.refresh(post)
    assert (post.title, post.content) == before


def test_fields_that_the_form_does_not_have_are_ignored(
    browser: Client, db_session: Session, post: Post
) -> None:
    browser.submit(f"/posts/{post.id}/edit", **FIELDS, id="999", created_at="2000-01-01")

    db_session.refresh(post)
    assert post.created_at.year > 2000


def test_a_deleted_post_is_gone(browser: Client, db_session: Session, post: Post) -> None:
    response = browser.submit(f"/posts/{post.id}/delete", page=f"/posts/{post.id}")

    assert response.location == "/posts"
    assert db_session.query(Post).count() == 0
    assert "The post is deleted." in browser.get("/posts").text


def test_deleting_takes_more_than_a_link(browser: Client, post: Post) -> None:
    assert browser.get(f"/posts/{post.id}/delete").status_code == 405


@pytest.mark.parametrize("path", ["/posts/404/edit", "/posts/404/delete"])
def test_a_post_that_is_not_there_is_not_found(browser: Client, path: str) -> None:
    token = browser.csrf_token("/posts/new")

    assert browser.post(path, data={**FIELDS, "csrf_token": token}).status_code == 404
