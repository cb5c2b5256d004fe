"""What the table of posts holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import StatementError

from app.posts.models import Post
from tests.factories import PostFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_a_moment_comes_back_in_utc_to_the_microsecond(db_session: Session) -> None:
    moment = datetime(2026, 5, 4, 3, 2, 1, 987654, tzinfo=timezone(timedelta(hours=2)))
    post = PostFactory.create(created_at=moment)

    db_session.refresh(post)

    assert post.created_at == moment
    assert post.created_at.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused(db_session: Session) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        PostFactory.create(created_at=datetime(2026, 1, 1))  # noqa: DTZ001
    db_session.rollback()


def test_any_script_can_be_stored(db_session: Session) -> None:
    post = PostFactory.create(title="Grüße, 世界 🎉", content="Ελλάδα\n" * 100)

    db_session.refresh(post)

    assert (post.title, post.content) == ("Grüße, 世界 🎉", "Ελλάδα\n" * 100)


def test_a_post_names_itself(db_session: Session) -> None:
    post = PostFactory.create(title="Mine")

    assert repr(db_session.get(Post, post.id)) == f"<Post {post.id} 'Mine'>"
