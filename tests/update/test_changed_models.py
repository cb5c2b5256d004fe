"""A migration is made of what changes in the models, and keeps the rows on each database."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.rendering import render
from tests.support.tools import run
from tests.update.histories import TIMES, follow, insert, play, revise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OLD = {
    "shelf": {"name": "str(40)", "plural": "shelves"},
    "book": {
        "title": "str(200)",
        "isbn": "str(13)?",
        "pages": "int?",
        "genre": "choice(novel|essay|poetry)",
        "stars": "int(-5..5)",
        "note": "str(50)",
        "weight": "int",
        "tag": "str(9)?",
        "code": "str(20)!",
        "shelf": "ref(shelf)?",
    },
    "review": {"book": "ref(book)", "text": "text"},
}
NEW = {
    "author": {"name": "str(40)!"},
    "book": {
        "title": "str(50)",
        "isbn": "str(13)?!",
        "pages": "int=1",
        "genre": "choice(novel|essay)",
        "stars": "int(1..5)",
        "note": "text",
        "weight": "float",
        "tag": "str(9)",
        "language": "choice(en|de)=en",
        "fresh": "bool=false",
        "price": "decimal(8,2)=9.90",
        "seen": "date=2026-01-02",
        "link": "url?",
        "author": "ref(author)?",
    },
    "review": {"book": "ref(book)?", "text": "text"},
}
LAST = {"author": {"name": "str(60)"}}
OWN = """from alembic import op

revision, down_revision = "ab12", "0005_add_authors_change_books"


def upgrade():
    op.execute("UPDATE authors SET name = name")


def downgrade():
    pass
"""
BOOK = {
    "id": "1",
    "title": "'T'",
    "isbn": "'1'",
    "pages": "NULL",
    "genre": "'novel'",
    "stars": "3",
    "note": "'n'",
    "weight": "12",
    "tag": "'t'",
    "code": "'o'",
    "shelf_id": "1",
    **TIMES,
}
WRITTEN = {
    "id": "1",
    "title": "'T'",
    "pages": "1",
    "genre": "'novel'",
    "stars": "3",
    "note": "'n'",
    "weight": "12",
    "tag": "'t'",
    "language": "'de'",
    "fresh": "FALSE",
    "price": "990",
    "seen": "'2026-01-01'",
    "author_id": "1",
    **TIMES,
}
SHELF = {"id": "1", "name": "'s'", **TIMES}
REVIEW = {"id": "1", "book_id": "1", "text": "'r'", **TIMES}


def book(**changed: str) -> list[str]:
    """Return the SQL that writes a shelf, a book on it and a review of it."""
    return [
        insert("shelves", SHELF),
        insert("books", BOOK, **changed),
        insert("reviews", REVIEW),
    ]


SCENARIOS = {
    "fine": [*book(), insert("books", BOOK, id="2", isbn="'2'", code="'p'", pages="9")],
    "title": book(title=f"'{'x' * 51}'"),
    "genre": book(genre="'poetry'"),
    "stars": book(stars="-2"),
    "tag": book(tag="NULL"),
    "isbn": [*book(), insert("books", BOOK, id="2", code="'p'")],
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "mysql"])
def database(request: pytest.FixtureRequest) -> str:
    """Name a database."""
    return str(request.param)


@pytest.fixture(scope="module")
def project(
    database: str,
    environ: Mapping[str, str],
    snapshot: Path,
    python: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Make a project whose models have changed and whose history has been told."""
    folder = tmp_path_factory.mktemp(database)
    answers = {"database": database, "auth": "none", "interface": "api"}
    old = render(snapshot, folder / "old", {**answers, "resources": json.dumps(OLD)})
    new = render(snapshot, folder / "new", {**answers, "resources": json.dumps(NEW)})
    follow(new, old)
    assert revise(python, new, environ) == "migrations/versions/0005_add_authors_change_books.py"
    return new


@pytest.fixture(scope="module")
def said(project: Path, python: Path, environ: Mapping[str, str]) -> dict[str, Any]:
    """Return what became of the rows of each scenario."""
    return play(project, python, environ, SCENARIOS)


def test_rows_are_kept_and_get_what_they_lack(said: dict[str, Any]) -> None:
    """Every column has a value that the models allow; nothing that refers to a row is lost."""
    first, second = said["fine"]["books"]

    assert {name: value for name, value in first.items() if name not in TIMES} == {
        "id": 1,
        "title": "T",
        "isbn": "1",
        "pages": 1,
        "genre": "novel",
        "stars": 3,
        "note": "n",
        "weight": 12.0,
        "tag": "t",
        "language": "en",
        "fresh": False,
        "price": "9.90",
        "seen": "2026-01-02",
        "link": None,
        "author_id": None,
    }
    assert second["pages"] == 9
    assert [review["book_id"] for review in said["fine"]["reviews"]] == [1]


def test_the_way_back_asks_for_what_is_lost(said: dict[str, Any]) -> None:
    """What was dropped cannot be made up; without rows everything is as it was."""
    assert "books has rows, and nothing says what goes into code" in said["fine"]["back"]
    assert said["fine"]["as before"]


@pytest.mark.parametrize(
    ("scenario", "problem"),
    [
        ("title", "some rows of books have a title of more than 50 characters"),
        ("genre", "some rows of books break the rule: genre IN ('novel', 'essay')"),
        ("stars", "some rows of books break the rule: stars BETWEEN 1 AND 5"),
        ("tag", "some rows of books have no tag"),
        ("isbn", "some rows of books have the same isbn"),
    ],
)
def test_rows_that_break_a_new_rule_stop_it(
    said: dict[str, Any], scenario: str, problem: str
) -> None:
    """One line says why and how to find them; nothing has changed, which MySQL could not undo."""
    assert said[scenario]["refused"].startswith(f"Stopped, nothing was changed: {problem}. They")
    assert said[scenario]["untouched"]


def test_nothing_is_made_where_nothing_differs(
    project: Path, python: Path, environ: Mapping[str, str]
) -> None:
    """The migration says it all: a second one is not needed."""
    assert revise(python, project, environ) == ""
    assert len([*(project / "migrations/versions").glob("0*.py")]) == 4


def test_the_migration_is_as_one_would_write_it(project: Path, python: Path) -> None:
    """The project's own tools find nothing in it."""
    path = "migrations/versions/0005_add_authors_change_books.py"
    written = (project / path).read_text(encoding="utf-8")

    assert written.startswith('"""Add authors, change books and reviews, remove shelves."""\n')
    assert "auto generated" not in written
    for tool in ("ruff check", "ruff format --check", "mypy"):
        done = run(python, project, *tool.split(), path)
        assert done.returncode == 0, done.stdout


def test_removed_resources_go_in_an_order_that_the_database_allows(
    database: str,
    project: Path,
    python: Path,
    environ: Mapping[str, str],
    snapshot: Path,
    tmp_path: Path,
) -> None:
    """What refers goes before what it refers to, with its rows; what stays keeps its own."""
    answers = {"database": database, "auth": "none", "interface": "api"}
    last = render(snapshot, tmp_path / "last", {**answers, "resources": json.dumps(LAST)})
    follow(last, project)
    (last / "migrations/versions/ab12_mine.py").write_text(OWN, encoding="utf-8")
    rows = [
        insert("authors", {"id": "1", "name": "'A'", **TIMES}),
        insert("books", WRITTEN),
        insert("reviews", REVIEW),
    ]

    path = revise(python, last, environ)
    found = play(last, python, environ, {"rows": rows})["rows"]

    assert path == "migrations/versions/0006_change_authors_remove_books.py"
    assert 'down_revision: str | None = "ab12"' in (last / path).read_text(encoding="utf-8")
    assert [author["name"] for author in found["authors"]] == ["A"]
    assert set(found) == {"alembic_version", "authors", "as before"}
    assert found["as before"]
