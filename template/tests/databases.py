"""The test database of a run: found or started once, a fresh one for each worker."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from tests.server import find_server, fresh_database

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = pytest.StashKey[str]()
# "test" as a word: neither "latest" nor "contest".
TEST_NAME = re.compile(r"(?<![a-z])tests?(?![a-z])", re.IGNORECASE)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Find the server before any test runs; workers are told by their controller."""
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    url = find_server()
    if problem := problem_of(url):
        pytest.exit(problem, returncode=4)
    session.config.stash[SERVER] = url


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Item) -> None:
    """Tell a worker of pytest-xdist where the server is."""
    node.workerinput["server"] = node.config.stash[SERVER]  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def database_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """Return the address of this process's own database."""
    worker: dict[str, str] | None = getattr(pytestconfig, "workerinput", None)
    server, name = (
        (worker["server"], worker["workerid"]) if worker else (pytestconfig.stash[SERVER], "main")
    )
    with fresh_database(beside(server, name)) as url:
        yield url


@pytest.fixture
def scratch_url(database_url: str) -> Iterator[str]:
    """Return the address of an empty database, for a test that changes tables."""
    with fresh_database(beside(database_url, "scratch")) as url:
        yield url


def problem_of(address: str) -> str | None:
    """Say why an address is not that of a test database, which would be emptied."""
    try:
        url = make_url(address)
    except ArgumentError:
        return "TEST_DATABASE_URL is not the address of a database."
    name = PurePath(url.database or "").stem
    if url.database in {None, ":memory:"} or TEST_NAME.search(name):
        return None
    return f"Refusing the database {name!r}: the name of a test database has 'test' in it."


def beside(address: str, name: str) -> URL:
    """Return the address of a database beside another; in memory each process has its own."""
    url = make_url(address)
    if url.database in {None, ":memory:"}:
        return url
    path = PurePath(url.database or "")
    return url.set(database=str(path.with_stem(f"{path.stem}_{name}")))
