"""The database's history: one line, both ways, and where the models are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app import create_app, migrate
from app.db import Model

if TYPE_CHECKING:
    from collections.abc import Iterator
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
def empty_app(scratch_url: str) -> Iterator[Flask]:
    """Return an app whose database is empty."""
    app = create_app({"TESTING": True, "DATABASE_URL": scratch_url})
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def engine(empty_app: Flask) -> Engine:
    """Return the engine of the empty database."""
    engine: Engine = empty_app.extensions["database"].engine
    return engine


@pytest.fixture
def runner(empty_app: Flask) -> FlaskCliRunner:
    """Return what runs commands on the empty database."""
    return empty_app.test_cli_runner()


def differences(engine: Engine) -> list[object]:
    """Return how the tables differ from the models."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Model.metadata))


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
    runner: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "versions").mkdir()
    for name in ("env.py", "script.py.mako"):
        (tmp_path / name).write_text((migrate.FOLDER / name).read_text())
    monkeypatch.setattr(migrate, "FOLDER", tmp_path)

    assert runner.invoke(args=["db", "revision", "Add everything"]).exit_code == 0

    (made,) = (tmp_path / "versions").glob("*_add_everything.py")
    assert re.search(r"op.create_table\(\s*['\"]posts['\"]", made.read_text())
    assert runner.invoke(args=["db", "upgrade"]).exit_code == 0


def test_the_suite_runs_on_what_the_migrations_made(db_session: Session) -> None:
    context = MigrationContext.configure(db_session.connection())

    assert compare_metadata(context, Model.metadata) == []
