"""Edits of the app's own code: settings, models, services, errors, commands."""

from __future__ import annotations

from tests.update.owner.edit import Addition, Edit, Work

MIGRATION = '''"""Add subtitles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_add_subtitles"
down_revision: str | None = "0003_add_bookmarks"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Add the columns, and put what was written into one form."""
    op.execute("UPDATE posts SET title = trim(title)")
    op.add_column("posts", sa.Column("subtitle", sa.String(200), nullable=True))
    op.create_index(op.f("ix_posts_subtitle"), "posts", ["subtitle"])


def downgrade() -> None:
    """Remove them; nobody knows what titles were before."""
    op.drop_index(op.f("ix_posts_subtitle"), "posts")
    op.drop_column("posts", "subtitle")
'''
NICKNAMES = '''"""Add nicknames."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_add_nicknames"
down_revision: str | None = "0004_add_subtitles"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("users", sa.Column("nickname", sa.String(80), nullable=True))


def downgrade() -> None:
    """Remove it."""
    op.drop_column("users", "nickname")
'''
COUNT = '''

def count_posts(session: Session) -> int:
    """Return how many posts there are."""
    return len(session.scalars(select(Post.id)).all())
'''
COUNT_TEST = '''"""What the owner of this project counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.posts import service
from tests.factories import PostFactory

if TYPE_CHECKING:
    from flask.testing import FlaskCliRunner
    from sqlalchemy.orm import Session


def test_posts_are_counted(db_session: Session) -> None:
    PostFactory.create(subtitle="mine")

    assert service.count_posts(db_session) == 1


def test_a_greeting(runner: FlaskCliRunner) -> None:
    assert runner.invoke(args=["greet"]).output == "Hello\\n"
'''
GREET = '''

@click.command("greet")
def greet() -> None:
    """Greet."""
    click.echo("Hello")
'''
NAMES = '''

def display_name(user: User) -> str:
    """Return how a user is called on pages."""
    return user.username.title()
'''
NAMES_TEST = '''"""How users are called."""

from __future__ import annotations

from app.accounts.models import User
from app.accounts.service import display_name


def test_a_display_name() -> None:
    assert display_name(User(username="ann")) == "Ann"
    assert User.LOCALE == "en"
'''
ERROR = '''class GoneError(AppError):
    """It was here, and is not any more."""

    status = 410
    code = "GONE"
    message = "This is gone."


'''

CODE: list[Work] = [
    Edit(
        "a time limit of forms",
        "app/config.py",
        "    WTF_CSRF_TIME_LIMIT = 7200\n",
        instead="    WTF_CSRF_TIME_LIMIT = None\n",
    ),
    Edit(
        "a setting from the environment",
        "app/config.py",
        '        self.SUPPORT_ADDRESS = environ.get("SUPPORT_ADDRESS", "help@example.com")\n',
        after='        self.LOG_LEVEL = environ.get("LOG_LEVEL", "INFO").upper()\n',
    ),
    Edit(
        "a setting of production alone",
        "app/config.py",
        '    PREFERRED_URL_SCHEME = "https"\n',
        after='    SESSION_COOKIE_NAME = "__Host-session"\n',
    ),
    Edit(
        "a class of settings",
        "app/config.py",
        'class StagingConfig(ProductionConfig):\n    """For a rehearsal."""\n\n\n',
        before="CONFIGS: dict[str, type[Config]] = {\n",
    ),
    Edit(
        "a column of posts",
        "app/posts/models.py",
        "    subtitle: Mapped[str | None] = mapped_column(String(200), index=True)\n",
        after="    content: Mapped[str] = mapped_column(Text)\n",
    ),
    Addition("a column's migration", "migrations/versions/0004_add_subtitles.py", MIGRATION),
    Edit("a function of a resource's service", "app/posts/service.py", COUNT),
    Addition("tests of it", "tests/unit/test_counting.py", COUNT_TEST),
    Edit(
        "a column of users",
        "app/accounts/models.py",
        "    nickname: Mapped[str | None] = mapped_column(String(80))\n",
        before="    password_hash: Mapped[str] = mapped_column(String(255))\n",
    ),
    Addition(
        "a migration of users",
        "migrations/versions/0005_add_nicknames.py",
        NICKNAMES,
        beside="app/accounts",
    ),
    Edit(
        "a constant of users",
        "app/accounts/models.py",
        '    LOCALE = "en"\n\n',
        before="    # What Flask-Login asks of a user.",
    ),
    Edit("a function of the service of accounts", "app/accounts/service.py", NAMES),
    Addition(
        "tests of names",
        "tests/unit/accounts/test_names.py",
        NAMES_TEST,
        beside="app/accounts",
    ),
    Edit("a command", "app/cli.py", GREET),
    Edit(
        "a command is added",
        "app/cli.py",
        "    app.cli.add_command(greet)\n",
        after="    app.cli.add_command(make_secrets)\n",
    ),
    Edit("a named error", "app/errors.py", ERROR, before="class ConflictError(AppError):\n"),
    Edit(
        "a header",
        "app/security.py",
        '    "X-Powered-By": "coffee",\n',
        after='    "X-Frame-Options": "DENY",\n',
    ),
    Edit("a time limit of the server", "gunicorn.conf.py", "timeout = 60\n"),
]
