"""Posts as everybody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import PostFactory

if TYPE_CHECKING:
    from app.posts.models import Post
    from tests.client import Client


def test_the_list_shows_posts_with_links(client: Client, post: Post) -> None:
    response = client.get("/posts")

    assert response.status_code == 200
    assert post.title in response.text
    assert f'href="/posts/{post.id}"' in response.text


def test_the_list_of_nothing_says_so(client: Client) -> None:
    response = client.get("/posts")

    assert response.status_code == 200
    assert "empty__title" in response.text


def test_the_list_comes_in_pages(
    client: Client, rendered: list[tuple[str, dict[str, Any]]]
) -> None:
    posts = PostFactory.create_batch(21)

    first, second = client.get("/posts"), client.get("/posts?page=2")

    assert 'href="/posts?page=2"' in first.text
    assert [post.id for post in rendered[0][1]["page"].items] == [
        post.id for post in reversed(posts[1:])
    ]
    assert [post.id for post in rendered[1][1]["page"].items] == [posts[0].id]
    assert posts[0].title in second.text


@pytest.mark.parametrize("page", ["0", "-1", "two", "²", "99999999999999999999"])
def test_a_page_that_makes_no_sense_is_the_first(
    client: Client, rendered: list[tuple[str, dict[str, Any]]], page: str
) -> None:
    assert client.get("/posts", query_string={"page": page}).status_code == 200
    assert rendered[0][1]["page"].page == 1


def test_a_post_is_shown_with_its_text(client: Client, post: Post) -> None:
    response = client.get(f"/posts/{post.id}")

    assert response.status_code == 200
    assert post.title in response.text
    assert post.content in response.text


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '" onmouseover="alert(1)', "<img src=x onerror=alert(1)>"],
)
def test_markup_in_a_post_is_only_text(client: Client, text: str) -> None:
    post = PostFactory.create(title=text, content=text)

    for path in ("/", "/posts", f"/posts/{post.id}"):
        assert text not in client.get(path).text


def test_a_post_that_is_not_there_is_not_found(client: Client) -> None:
    response = client.get("/posts/404")

    assert response.status_code == 404
    assert "There is nothing here." in response.text
