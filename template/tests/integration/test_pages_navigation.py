"""What every page offers, to whom."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tests.client import links
from tests.factories import PostFactory

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client


def test_the_home_page_shows_the_latest_posts(
    client: Client, rendered: list[tuple[str, dict[str, Any]]]
) -> None:
    posts = PostFactory.create_batch(4)

    page = client.get("/").text

    name, context = rendered[0]
    assert name == "home.html"
    assert [post.id for post in context["posts"]] == [post.id for post in posts[:0:-1]]
    assert posts[0].title not in page


def test_every_page_names_the_app_and_leads_home_and_to_the_posts(
    app: Flask, client: Client
) -> None:
    for path in ("/", "/posts", "/nothing"):
        page = client.get(path).text
        assert app.config["APP_NAME"] in page
        assert {"/", "/posts"} <= links(page)


def test_a_page_says_where_one_is(client: Client) -> None:
    assert re.search(r'href="/posts"[^>]*aria-current="page"', client.get("/posts").text)


def test_nothing_is_loaded_from_elsewhere(client: Client) -> None:
    for path in ("/", "/posts"):
        page = client.get(path).text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
        assert "<script" not in page
        assert " style=" not in page


def test_no_link_of_the_pages_is_dead(client: Client) -> None:
    PostFactory.create()
    seen: set[str] = set()
    waiting = {"/"}

    while waiting - seen:
        path = (waiting - seen).pop()
        seen.add(path)
        with closing(client.get(path, follow_redirects=True)) as response:
            assert response.status_code == 200, path
            if response.mimetype == "text/html":
                waiting |= {link for link in links(response.text) if link.startswith("/")}

    assert {"/", "/posts", "/static/style.css"} <= seen
