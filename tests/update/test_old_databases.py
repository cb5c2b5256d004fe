"""Databases of projects of old releases, with rows in them, are brought to what is here now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from history import key
from tools import CannotValidateError

from tests.isolation.projects import sampled
from tests.support.paths import ROOT
from tests.support.rendering import render
from tests.update.histories import TIMES, environ_of, follow, insert, play, revise
from tests.update.releases import RELEASES, extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOMENT = TIMES["created_at"]
USER = {
    "id": "1",
    "username": "'bea'",
    "email": "'bea@example.com'",
    "password_hash": "'h'",
    "role": "'admin'",
    "created_at": MOMENT,
}
LOGIN = {"id": "1", "user_id": "1", "token_hash": "'h'", "expires_at": MOMENT}
ROWS = [
    insert("users", USER),
    insert("users", USER, id="2", username="'cem'", email="'cem@example.com'", role="'user'"),
    insert("logins", LOGIN),
    insert("posts", {"id": "1", "title": "'T'", "content": "'C'", "author_id": "2", **TIMES}),
    insert("notes", {"id": "1", "user_id": "2", "text": "'N'"}),
]
# A feature of the owner's: its migration has a name without a number.
FEATURE = '''"""Notes."""

from flask import Flask
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model


class Note(Model):
    """A note."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(40))


def init_app(app: Flask) -> None:
    """Nothing is served."""
'''
MIGRATION = """import sqlalchemy as sa
from alembic import op

revision, down_revision = "notes_of_ours", "0002_posts"


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], ondelete="CASCADE"),
    )


def downgrade():
    op.drop_table("notes")
"""
DATABASES = ("sqlite", "postgresql", "mysql")
# Those after it have the tables of today.
OLD = [version for version in RELEASES if key(version) < key("0.4.0")]
DRAWN = dict(zip(DATABASES, sampled("old databases").choices(OLD, k=3), strict=True))
CASES = [
    (version, database)
    if DRAWN[database] == version
    else pytest.param(version, database, marks=pytest.mark.exhaustive)
    for version in OLD
    for database in DATABASES
]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return what makes a project of a release, on a database."""
    folder = tmp_path_factory.mktemp("old")

    def make(version: str, database: str) -> Path:
        template = folder / version
        if not template.exists():
            extract(ROOT, RELEASES[version], template)
        return render(template, folder / f"{version} {database}", {"database": database})

    return make


@pytest.mark.parametrize(("version", "database"), CASES)
def test_rows_are_kept_from_a_release_to_now_and_back(
    version: str,
    database: str,
    old: Callable[[str, str], Path],
    snapshot: Path,
    python: Path,
    tmp_path: Path,
) -> None:
    """What is new and required is filled; tables of the owner's are left alone."""
    environ = environ_of(database)
    project = render(snapshot, tmp_path / "now", {"database": database})
    follow(project, old(version, database))
    add_feature(project)

    path = revise(python, project, environ)
    said = play(project, python, environ, {"rows": ROWS})["rows"]

    assert path == "migrations/versions/0003_add_codes_change_logins_and.py"
    assert 'down_revision: str | None = "notes_of_ours"' in (project / path).read_text(
        encoding="utf-8"
    )
    assert "notes" not in (project / path).read_text(encoding="utf-8").replace("notes_of_ours", "")
    assert [(user["username"], user["active"], user["confirmed_at"]) for user in said["users"]] == [
        ("bea", True, None),
        ("cem", True, None),
    ]
    (login,) = said["logins"]
    assert login["user_id"] == 1
    assert datetime.now(UTC) - datetime.fromisoformat(login["created_at"]) < timedelta(hours=1)
    assert [(post["title"], post["author_id"]) for post in said["posts"]] == [("T", 2)]
    assert [(note["text"], note["user_id"]) for note in said["notes"]] == [("N", 2)]
    assert said["codes"] == []
    assert "back" not in said
    assert said["as before"]


def add_feature(project: Path) -> None:
    """Add a feature of the owner's to a project, and its migration to the history."""
    folder = project / "app/notes"
    folder.mkdir()
    (folder / "__init__.py").write_text(FEATURE, encoding="utf-8")
    factory = project / "app/__init__.py"
    text = factory.read_text(encoding="utf-8")
    text = text.replace("    migrate,\n", "    migrate,\n    notes,\n")
    factory.write_text(text, encoding="utf-8")
    own = project / "migrations/versions/notes_of_ours.py"
    own.write_text(MIGRATION, encoding="utf-8")


def test_a_history_with_two_ends_gets_no_migration(
    snapshot: Path, python: Path, tmp_path: Path
) -> None:
    """One line names them, and says how to make one line of them."""
    project = render(snapshot, tmp_path / "now", {"auth": "none"})
    add_feature(project)
    own = project / "migrations/versions/branch.py"
    own.write_text(MIGRATION.replace("notes_of_ours", "branch"), encoding="utf-8")

    with pytest.raises(CannotValidateError) as problem:
        revise(python, project, {})

    assert str(problem.value) == (
        "The history has 2 ends, branch and notes_of_ours: let one follow the other. "
        "In that one, which no database has yet, set down_revision to the name of the other"
    )
