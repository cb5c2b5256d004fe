"""What SQLite needs to be trusted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import NullPool, inspect, text

from app.db import make_engine
from app.migrate import configuration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

ASTRAY = """
    PRAGMA foreign_keys = OFF;
    CREATE TABLE _shelves (id INTEGER PRIMARY KEY);
    CREATE TABLE _books (shelf_id INTEGER REFERENCES _shelves);
    INSERT INTO _books VALUES (404);
"""


@pytest.fixture
def connection(scratch_url: str) -> Iterator[Connection]:
    """Return a connection to an empty database."""
    engine = make_engine(scratch_url, poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def test_without_an_address_it_is_a_file_of_the_instance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_app: Callable[..., Flask]
) -> None:
    monkeypatch.setattr(Flask, "auto_find_instance_path", lambda _app: str(tmp_path / "instance"))

    make_app(DATABASE_URL="")
    app = make_app(DATABASE_URL="")

    assert app.config["DATABASE_URL"] == f"sqlite:///{tmp_path}/instance/app.db"
    assert (tmp_path / "instance").is_dir()


def test_foreign_keys_are_enforced(db_session: Session) -> None:
    assert db_session.scalar(text("PRAGMA foreign_keys")) == 1


def test_migrations_leave_foreign_keys_enforced(connection: Connection) -> None:
    command.upgrade(configuration(connection), "head")

    with connection.begin():
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_does_not_run_inside_a_transaction(connection: Connection) -> None:
    with connection.begin(), pytest.raises(CommandError, match="inside a transaction"):
        command.upgrade(configuration(connection), "head")


def test_what_is_rolled_back_is_gone_a_table_too(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE notes (id INTEGER)")

    connection.rollback()

    assert not inspect(connection).has_table("notes")


def test_a_migration_stops_at_rows_that_refer_to_nothing(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.executescript(ASTRAY)

    with pytest.raises(CommandError, match="rows of _books refer to rows that are not there"):
        command.upgrade(configuration(connection), "head")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_request_that_only_reads_lets_others_write(
    app: Flask, connection: Connection, method: str
) -> None:
    with app.test_request_context(method=method):
        connection.exec_driver_sql("SELECT 1")

    with closing(sqlite3.connect(str(connection.engine.url.database), timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")


def test_a_request_that_may_write_waits_before_it_reads(app: Flask, connection: Connection) -> None:
    with app.test_request_context(method="POST"):
        connection.exec_driver_sql("SELECT 1")

    with (
        closing(sqlite3.connect(str(connection.engine.url.database), timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
