"""Posts and those who wrote them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from app.errors import NotFoundError
from app.posts import service
from app.posts.models import Post
from tests.factories import PostFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_own_post_can_be_taken_to_change(db_session: Session, post: Post, user: User) -> None:
    assert service.get_own_post(db_session, post.id, user) is post


def test_the_post_of_another_cannot(db_session: Session, post: Post, other_user: User) -> None:
    with pytest.raises(NotFoundError):
        service.get_own_post(db_session, post.id, other_user)


def test_administrators_cannot_either(db_session: Session, post: Post, admin_user: User) -> None:
    with pytest.raises(NotFoundError):
        service.get_own_post(db_session, post.id, admin_user)


def test_the_posts_of_one_author_can_be_listed(db_session: Session, post: Post, user: User) -> None:
    PostFactory.create()

    assert list(service.list_posts(db_session, author=user).items) == [post]


def test_a_post_needs_an_author_who_exists(db_session: Session) -> None:
    row = {"title": "T", "content": "C", "created_at": NOW, "updated_at": NOW, "author_id": 0}

    with pytest.raises(IntegrityError):
        db_session.execute(insert(Post).values(**row))


def test_posts_go_with_their_author(db_session: Session, post: Post, user: User) -> None:
    db_session.delete(user)
    db_session.commit()

    assert db_session.scalars(select(Post.id).where(Post.id == post.id)).all() == []
