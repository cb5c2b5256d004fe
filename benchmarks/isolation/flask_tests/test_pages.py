"""One row, one GET that shows it, one POST that commits a second: the pages, somebody logged in."""

# mypy: ignore-errors

from __future__ import annotations

import os
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from app.posts.models import Post
from sqlalchemy import func, select

if TYPE_CHECKING:
    from app.accounts.models import User
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

TESTS = int(os.environ["BENCH_TESTS"])
BOTH = 2
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


@pytest.mark.parametrize("number", range(TESTS))
def test_one_row_is_shown_and_a_second_is_made(
    number: int, auth_client: FlaskClient, user: User, db_session: Session
) -> None:
    """Do what most tests of an app do; the page that shows the row has the form's token."""
    post = Post(title=f"First {number}", content="Text", author=user)
    db_session.add(post)
    db_session.commit()

    shown = auth_client.get(f"/posts/{post.id}")
    assert shown.status_code == HTTPStatus.OK
    assert f"First {number}" in shown.text

    token = TOKEN.search(shown.text)[1]
    fields = {"csrf_token": token, "title": "Second", "content": "Text"}
    made = auth_client.post("/posts/new", data=fields)
    assert made.status_code == HTTPStatus.FOUND
    assert db_session.scalar(select(func.count()).select_from(Post)) == BOTH
