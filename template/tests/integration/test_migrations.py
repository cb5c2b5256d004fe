"""The database's history: one line, both ways, and where the models are."""

from __future__ import annotations

import re
from textwrap import dedent, indent
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, String, Table, TypeDecorator, inspect, text

from app import migrate
from app.db import Model, UTCDateTime, make_database, make_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskCliRunner
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

REVISIONS = [
    script.revision
    for script in ScriptDirectory.from_config(migrate.configuration()).walk_revisions()
]


@pytest.fixture
def empty_app(app: Flask, scratch_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Return the app with an empty database."""
    database = make_database(make_engine(scratch_url))
    monkeypatch.setitem(app.extensions, "database", database)
    yield app
    database.engine.dispose()


@pytest.fixture
def engine(empty_app: Flask) -> Engine:
    """Return the engine of the empty database."""
    engine: Engine = empty_app.extensions["database"].engine
    return engine


@pytest.fixture
def runner(empty_app: Flask) -> FlaskCliRunner:
    """Return what runs commands on the empty database."""
    return empty_app.test_cli_runner()


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what writes migrations, in a history of its own that begins with nothing."""
    versions = tmp_path / "versions"
    versions.mkdir()
    for name in ("env.py", "script.py.mako"):
        (tmp_path / name).write_text((migrate.FOLDER / name).read_text())
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)
    names: list[str | None] = [None]

    def write(upgrade: str) -> None:
        names.append(migrate.next_revision("test"))
        (versions / f"{names[-1]}.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            "from app.migrate import fill, stop_if\n"
            f"revision, down_revision = {names[-1]!r}, {names[-2]!r}\n"
            f"def upgrade():\n{indent(dedent(upgrade), '    ')}\n"
        )

    return write


def differences(engine: Engine) -> list[Any]:
    """Return how the tables differ from the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=migrate.OPTIONS)
        return list(compare_metadata(context, Model.metadata))


def tables(engine: Engine) -> set[str]:
    """Return the tables that there are."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_history_is_one_line() -> None:
    script = ScriptDirectory.from_config(migrate.configuration())

    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1
    assert not [entry for entry in script.walk_revisions() if entry.is_merge_point]


def test_migrations_lead_to_the_models(runner: FlaskCliRunner, engine: Engine) -> None:
    result = runner.invoke(args=["db", "upgrade"])

    assert (result.exit_code, result.output) == (0, "The database is up to date.\n")
    assert tables(engine) == set(Model.metadata.tables)
    assert differences(engine) == []
    assert runner.invoke(args=["db", "check"]).exit_code == 0


def test_an_empty_database_is_not_where_the_models_are(
    runner: FlaskCliRunner, engine: Engine
) -> None:
    assert differences(engine)

    result = runner.invoke(args=["db", "check"])

    assert result.exit_code == 1
    assert "Target database is not up to date" in result.output


def test_every_migration_can_be_taken_back(runner: FlaskCliRunner, engine: Engine) -> None:
    runner.invoke(args=["db", "upgrade"])

    for _ in REVISIONS:
        result = runner.invoke(args=["db", "downgrade"])
        assert (result.exit_code, result.output) == (0, "Taken back: -1.\n")

    assert tables(engine) == set()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_migration_goes_up_down_and_up_again(
    runner: FlaskCliRunner, engine: Engine, revision: str
) -> None:
    runner.invoke(args=["db", "upgrade", revision])
    before = tables(engine)

    assert runner.invoke(args=["db", "downgrade", "-1"]).exit_code == 0
    result = runner.invoke(args=["db", "upgrade", revision])

    assert result.output == f"Now at {revision}.\n"
    assert tables(engine) == before


def test_the_commands_tell_where_it_stands(runner: FlaskCliRunner) -> None:
    runner.invoke(args=["db", "upgrade"])

    current = runner.invoke(args=["db", "current"]).output
    history = runner.invoke(args=["db", "history"]).output

    assert current == f"{REVISIONS[0]} (head)\n"
    assert len(history.splitlines()) == len(REVISIONS)
    assert all(revision in history for revision in REVISIONS)


def test_a_new_migration_is_made_of_what_changed(
    runner: FlaskCliRunner, migrations: Callable[[str], None], tmp_path: Path
) -> None:
    migrations("pass")
    runner.invoke(args=["db", "upgrade"])

    assert runner.invoke(args=["db", "revision", "Add everything"]).exit_code == 0

    made = (tmp_path / "versions" / "0002_add_everything.py").read_text()
    assert set(re.findall(r"op.create_table\(\s*'(\w+)'", made)) == set(Model.metadata.tables)
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0
    assert runner.invoke(args=["db", "check"]).exit_code == 0


def test_a_migration_of_ones_own_begins_empty(
    runner: FlaskCliRunner, migrations: Callable[[str], None], tmp_path: Path
) -> None:
    migrations("pass")
    runner.invoke(args=["db", "upgrade"])

    assert runner.invoke(args=["db", "revision", "--empty", "Move rows"]).exit_code == 0

    made = (tmp_path / "versions" / "0002_move_rows.py").read_text()
    assert "op.create_table" not in made
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Add authors", "0002_add_authors"),
        ("Add authors, change everything!", "0002_add_authors_change"),
        (f"Change {'x' * 26}", f"0002_change_{'x' * 20}"),
    ],
)
def test_the_name_of_a_migration_fits_where_alembic_keeps_it(
    migrations: Callable[[str], None], message: str, name: str
) -> None:
    migrations("pass")

    assert migrate.next_revision(message) == name


class Shouted(TypeDecorator[str]):
    """A type of the app's own, which it may have no longer one day."""

    __module__ = "app.shouts"
    impl = String(9)
    cache_ok = True


def test_a_type_of_the_apps_own_is_written_as_what_it_is_in_the_database(engine: Engine) -> None:
    models = MetaData()
    Table("shouts", models, Column("text", Shouted), Column("at", UTCDateTime))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=migrate.OPTIONS)
        made = produce_migrations(context, models)
    assert made.upgrade_ops is not None
    written = render_python_code(made.upgrade_ops, render_item=migrate.render_item)

    assert "sa.Column('text', sa.String(length=9), nullable=True)" in written
    assert "sa.Column('at', UTCDateTime(), nullable=True)" in written


@pytest.mark.parametrize("command", ["upgrade", "check", "current", "downgrade"])
def test_a_history_with_two_ends_is_told_how_to_be_one_line(
    runner: FlaskCliRunner, migrations: Callable[[str], None], tmp_path: Path, command: str
) -> None:
    migrations("pass")
    migrations("pass")
    branch = "revision, down_revision = 'ab12_mine', '0001_test'\ndef upgrade(): pass\n"
    (tmp_path / "versions" / "ab12_mine.py").write_text(branch)

    result = runner.invoke(args=["db", command])

    assert result.exit_code == 1
    assert result.output == (
        "Error: The history has 2 ends, 0002_test and ab12_mine: let one follow the other. "
        "In that one, which no database has yet, set down_revision to the name of the other.\n"
    )


SHELVES = """
    shelves = op.create_table(
        "shelves", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("stars", sa.Integer())
    )
    books = op.create_table(
        "books",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("shelf_id", sa.Integer(), sa.ForeignKey("shelves.id", ondelete="CASCADE")),
    )
    op.bulk_insert(shelves, [{"id": 1, "stars": 3}, {"id": 2, "stars": None}])
    op.bulk_insert(books, [{"id": 1, "shelf_id": 1}])
"""


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_changed_table_keeps_the_rows_that_refer_to_it(
    runner: FlaskCliRunner, engine: Engine, migrations: Callable[[str], None]
) -> None:
    migrations(SHELVES)
    migrations("""
        with op.batch_alter_table("shelves") as batch:
            batch.alter_column("stars", existing_type=sa.Integer(), type_=sa.String(9))
    """)

    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0

    assert rows(engine, "SELECT stars FROM shelves WHERE id = 1") == [("3",)]
    assert rows(engine, "SELECT id, shelf_id FROM books") == [(1, 1)]


def test_a_migration_stops_where_rows_break_a_new_rule(
    runner: FlaskCliRunner, engine: Engine, migrations: Callable[[str], None]
) -> None:
    migrations(SHELVES)
    migrations("""
        stop_if("SELECT id FROM shelves WHERE stars > 5", "some have too many stars")
        stop_if("SELECT id FROM shelves WHERE stars IS NULL", "some have no stars")
        op.drop_table("books")
    """)
    runner.invoke(args=["db", "upgrade", "0001_test"])

    result = runner.invoke(args=["db", "upgrade"])

    assert result.exit_code == 1
    assert result.output == (
        "Error: Stopped, nothing was changed: some have no stars. "
        "They are found by: SELECT id FROM shelves WHERE stars IS NULL\n"
    )
    assert tables(engine) == {"books", "shelves"}


def test_a_migration_fills_what_has_no_value(
    runner: FlaskCliRunner, engine: Engine, migrations: Callable[[str], None]
) -> None:
    migrations(SHELVES)
    migrations('fill("shelves", sa.column("stars", sa.Integer()), 1)')

    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0

    assert rows(engine, "SELECT id, stars FROM shelves ORDER BY id") == [(1, 3), (2, 1)]


def test_the_suite_runs_on_what_the_migrations_made(db_session: Session) -> None:
    context = MigrationContext.configure(db_session.connection(), opts=migrate.OPTIONS)

    assert compare_metadata(context, Model.metadata) == []
