"""Who may do what with a post on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.posts.models import Post

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client

FIELDS = {"title": "Changed", "content": "Changed"}


def test_a_new_post_belongs_to_who_wrote_it(auth_client: Client, db_session: Session) -> None:
    auth_client.submit("/posts/new", **FIELDS, author_id="999")

    assert db_session.query(Post).one().author.username == "ann"


def test_a_post_names_its_author(client: Client, post: Post) -> None:
    assert "ann" in client.get(f"/posts/{post.id}").text


def test_authors_are_offered_to_change_their_post(auth_client: Client, post: Post) -> None:
    page = auth_client.get(f"/posts/{post.id}").text

    assert f"/posts/{post.id}/edit" in page
    assert f"/posts/{post.id}/delete" in page


@pytest.mark.parametrize("actor", ["client", "other_client", "admin_client"])
def test_nobody_else_is(post: Post, actor: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(actor).get(f"/posts/{post.id}").text

    assert f"/posts/{post.id}/edit" not in page
    assert f"/posts/{post.id}/delete" not in page


@pytest.mark.parametrize("actor", ["other_client", "admin_client"])
@pytest.mark.parametrize("action", ["edit", "delete"])
def test_nobody_else_may_and_the_post_stays(
    db_session: Session, post: Post, actor: str, action: str, request: pytest.FixtureRequest
) -> None:
    client, title = request.getfixturevalue(actor), post.title

    response = client.submit(f"/posts/{post.id}/{action}", page="/posts/new", **FIELDS)

    assert response.status_code == 404
    db_session.refresh(post)
    assert post.title == title


def test_the_form_of_anothers_post_is_not_shown(other_client: Client, post: Post) -> None:
    assert other_client.get(f"/posts/{post.id}/edit").status_code == 404


def test_only_who_is_logged_in_is_offered_to_write(client: Client, auth_client: Client) -> None:
    assert 'href="/posts/new"' not in client.get("/posts").text
    assert 'href="/posts/new"' in auth_client.get("/posts").text


def test_the_dashboard_shows_ones_own_posts_only(
    auth_client: Client, other_client: Client, post: Post
) -> None:
    assert post.title in auth_client.get("/dashboard").text
    assert post.title not in other_client.get("/dashboard").text
