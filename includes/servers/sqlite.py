"""SQLite, the tests' database: a file in a temporary folder, or where TEST_DATABASE_URL says."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Error as DriverError
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from tests.addresses import beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

__all__ = ["DriverError"]

BACKENDS = ("sqlite",)
SCHEMA = "SELECT name, sql FROM sqlite_master ORDER BY name"


def find() -> str:
    """Return the address that the shell names, else that of a file which ends with this process."""
    return os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{temporary_folder()}/test.db"


def temporary_folder() -> str:
    """Make a folder that ends with this process."""
    folder = tempfile.mkdtemp(prefix="sqlite-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@contextmanager
def own_place(url: URL) -> Iterator[URL]:
    """Find a name that no other run uses."""
    folder = Path(str(url.database)).absolute().parent
    if not folder.is_dir():
        pytest.exit(
            f"No test database: there is no folder {folder}. See TEST_DATABASE_URL.", returncode=4
        )
    yield beside(url, os.getpid())


@event.listens_for(Engine, "connect")
def spare_the_disk(connection: Any, _record: object) -> None:
    """Write nothing twice: a crash of the machine may take the data of a test with it."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")


def create_database(url: URL) -> None:
    """Make sure that there is no file."""
    drop_database(url)


def empty_database(url: URL) -> None:
    """Make sure that there is no file."""
    drop_database(url)


def drop_database(url: URL) -> None:
    """Remove the file."""
    Path(str(url.database)).unlink(missing_ok=True)


def ping(url: URL) -> None:
    """Do nothing: a file does not go away."""
