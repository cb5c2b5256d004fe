"""What lets tests run in any order: each begins with an empty database, and sees the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import g, has_app_context
from sqlalchemy import insert, inspect, select
from sqlalchemy.exc import IntegrityError

from app import db
from app.posts.models import Post
from tests.factories import PostFactory

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from tests.client import Client

TWICE = pytest.mark.parametrize("title", ["first", "second"])


@pytest.fixture
def engine(app: Flask) -> Engine:
    """Return the engine, whose connections are not those of the test."""
    engine: Engine = app.extensions["database"].engine
    return engine


@TWICE
def test_a_test_does_not_see_the_rows_of_another(db_session: Session, title: str) -> None:
    assert db_session.query(Post).count() == 0
    PostFactory.create(title=title)


@TWICE
def test_a_commit_of_the_app_is_rolled_back(app: Flask, db_session: Session, title: str) -> None:
    assert db_session.query(Post).count() == 0
    with app.app_context():
        db.session().add(PostFactory.build(title=title))
        db.session().commit()
    assert db_session.query(Post).count() == 1


@TWICE
def test_an_error_in_the_middle_is_survived(db_session: Session, title: str) -> None:
    post = PostFactory.create(title=title)
    row = {column.key: getattr(post, column.key) for column in inspect(Post).columns}
    with pytest.raises(IntegrityError):
        db_session.execute(insert(Post).values(row))
    db_session.rollback()

    PostFactory.create(title="after")
    assert set(db_session.scalars(select(Post.title))) == {title, "after"}


def test_what_the_app_forgets_to_commit_is_not_there(app: Flask, db_session: Session) -> None:
    post = PostFactory.create(title="old")

    with app.app_context():
        db.session().get_one(Post, post.id).title = "new"
        db.session().flush()

    assert post.title == "old"
    assert db_session.get_one(Post, post.id).title == "old"


def test_what_the_app_commits_is_seen_at_once(app: Flask, db_session: Session) -> None:
    post = PostFactory.create(title="old")

    with app.app_context():
        db.session().get_one(Post, post.id).title = "new"
        db.session().commit()

    assert post.title == "new"
    assert db_session.get_one(Post, post.id).title == "new"


@TWICE
@pytest.mark.usefixtures("real_commits")
def test_real_commits_are_real_and_cleaned(engine: Engine, db_session: Session, title: str) -> None:
    assert db_session.query(Post).count() == 0
    PostFactory.create(title=title)
    db_session.close()

    with engine.connect() as another:
        assert another.scalar(select(Post.title)) == title


def test_no_context_outlives_a_request(client: Client) -> None:
    client.get("/healthz")

    assert not has_app_context()


def test_requests_do_not_share_what_they_keep(app: Flask, client: Client) -> None:
    names = []
    app.teardown_request_funcs.setdefault(None, []).append(
        lambda _error: names.append(g.request_id)
    )

    client.get("/healthz")
    client.get("/healthz")
    app.teardown_request_funcs[None].pop()

    assert len(set(names)) == 2
