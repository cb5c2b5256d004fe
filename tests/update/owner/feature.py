"""A feature of the owner's own: a folder in app/, its tests, and where both are attached."""

from __future__ import annotations

from tests.update.owner.edit import Addition, Edit, Work

PACKAGE = '''"""Bookmarks: addresses worth keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bookmarks import models, views

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Add bookmarks to the app."""
    app.register_blueprint(views.blueprint)
'''
MODELS = '''"""Bookmarks."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model


class Bookmark(Model):
    """An address worth keeping."""

    __tablename__ = "bookmarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(200))
'''
VIEWS = '''"""The addresses of bookmarks."""

from __future__ import annotations

from flask import Blueprint, current_app
from sqlalchemy import select

from app import db
from app.bookmarks.models import Bookmark

blueprint = Blueprint("bookmarks", __name__, url_prefix="/bookmarks")


@blueprint.get("")
def index() -> dict[str, list[str]]:
    """List the first bookmarks."""
    query = select(Bookmark.url).limit(current_app.config["BOOKMARKS_PER_PAGE"])
    return {"data": [*db.session().scalars(query)]}
'''
MIGRATION = '''"""Add bookmarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_add_bookmarks"
down_revision: str | None = "0002_posts"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Add the table of bookmarks."""
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookmarks")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("bookmarks")
'''
TESTS = '''"""Bookmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.bookmarks.models import Bookmark
    from tests.client import Client


def test_bookmarks_are_listed(client: Client, bookmark: Bookmark) -> None:
    assert client.get("/bookmarks").json == {"data": [bookmark.url]}
'''
FACTORY = '''

class BookmarkFactory(ModelFactory[Bookmark]):
    """Makes bookmarks."""

    class Meta:
        """What it makes."""

        model = Bookmark

    url = factory.Sequence(lambda n: f"https://example.com/{n}")
'''
FIXTURE = '''

@pytest.fixture
def bookmark(db_session: DatabaseSession) -> Bookmark:  # noqa: ARG001
    """Return a bookmark."""
    return BookmarkFactory.create()
'''

FEATURE: list[Work] = [
    Addition("a feature's package", "app/bookmarks/__init__.py", PACKAGE),
    Addition("a feature's model", "app/bookmarks/models.py", MODELS),
    Addition("a feature's views", "app/bookmarks/views.py", VIEWS),
    Addition("a feature's table", "migrations/versions/0003_add_bookmarks.py", MIGRATION),
    Addition("a feature's tests", "tests/integration/test_bookmarks.py", TESTS),
    Edit(
        "a feature is imported by the factory",
        "app/__init__.py",
        "    bookmarks,\n    cli,\n    csrf,\n",
        instead="    cli,\n    csrf,\n",
    ),
    Edit(
        "a feature is imported by the factory of an API",
        "app/__init__.py",
        "    bookmarks,\n    cli,\n    db,\n",
        instead="    cli,\n    db,\n",
    ),
    Edit(
        "a feature is attached",
        "app/__init__.py",
        "    bookmarks,\n)\n\n\ndef create_app",
        instead=")\n\n\ndef create_app",
    ),
    Edit(
        "a feature's setting",
        "app/config.py",
        "    BOOKMARKS_PER_PAGE = 20\n",
        after="    PROXY_HOPS = 0\n",
    ),
    Edit(
        "a feature's view is public",
        "tests/integration/accounts/test_access.py",
        '    # Everybody may read them.\n    "bookmarks.index",\n',
        before="}\n\n\ndef guarded",
    ),
    Edit(
        "a feature's model is imported by the factories",
        "tests/factories.py",
        "from app.bookmarks.models import Bookmark\n",
        before="from app.posts.models import Post\n",
    ),
    Edit("a feature's factory", "tests/factories.py", FACTORY),
    Edit(
        "a feature's factory is imported by the fixtures",
        "tests/conftest.py",
        "from tests.factories import BookmarkFactory, PostFactory, ",
        instead="from tests.factories import PostFactory, ",
    ),
    Edit(
        "a feature's factory is imported by the fixtures, on a line of its own",
        "tests/conftest.py",
        "    BookmarkFactory,\n",
        before="    PostFactory,\n    Session,\n",
    ),
    Edit(
        "a feature's model is imported by the fixtures",
        "tests/conftest.py",
        "    from app.bookmarks.models import Bookmark\n",
        before="    from app.posts.models import Post\n",
    ),
    Edit("a feature's fixture", "tests/conftest.py", FIXTURE),
]
