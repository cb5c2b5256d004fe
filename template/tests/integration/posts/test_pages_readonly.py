"""Where nobody can log in on the pages, they only show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from app.posts.models import Post
    from tests.client import Client


@pytest.mark.parametrize("path", ["new", "{id}/edit", "{id}/delete"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_pages_do_not_write(client: Client, post: Post, method: str, path: str) -> None:
    response = client.open(f"/posts/{path.format(id=post.id)}", method=method)

    assert response.status_code in {400, 404}


def test_pages_do_not_offer_to_write(client: Client, post: Post) -> None:
    for path in ("/", "/posts", f"/posts/{post.id}"):
        page = client.get(path).text
        assert "/posts/new" not in page
        assert "/edit" not in page
        assert "<form" not in page
