"""SQLite, the tests' database: in memory, or in the file that TEST_DATABASE_URL names."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL


def find_server() -> str:
    """Return the address that the shell names, else the one of a database in memory."""
    return os.environ.get("TEST_DATABASE_URL", "sqlite://")


@contextmanager
def fresh_database(url: URL) -> Iterator[str]:
    """Make sure that the database is empty, and gone afterwards."""
    if url.database is not None:
        Path(url.database).unlink(missing_ok=True)
    yield url.render_as_string(hide_password=False)
    if url.database is not None:
        Path(url.database).unlink(missing_ok=True)
