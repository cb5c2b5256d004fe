"""The test databases of a run: a place of its own on the server, and there one for each process."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tests import server
from tests.addresses import beside, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.runner import CallInfo

PLACE = pytest.StashKey[str]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Find the server before any test runs; workers are told by their controller."""
    config = session.config
    if hasattr(config, "workerinput"):
        config.stash[PLACE] = config.workerinput["place"]
    elif not config.option.collectonly:
        places = ExitStack()
        config.add_cleanup(places.close)
        config.stash[PLACE] = written(places.enter_context(own_place()))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Item) -> None:
    """Tell a worker of pytest-xdist where its database is to be."""
    node.workerinput["place"] = node.config.stash[PLACE]  # type: ignore[attr-defined]


def pytest_exception_interact(node: pytest.Item, call: CallInfo[object]) -> None:
    """End the run where its server has gone; nothing after that would be a result."""
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, SQLAlchemyError | server.DriverError):
        with explained("The test database went away"):
            server.ping(make_url(node.config.stash[PLACE]))


@pytest.fixture(scope="session")
def database_url(pytestconfig: pytest.Config) -> Iterator[str]:
    """Return the address of this process's own database."""
    worker: dict[str, str] = getattr(pytestconfig, "workerinput", {})
    place = make_url(pytestconfig.stash[PLACE])
    with fresh_database(beside(place, worker.get("workerid", "main"))) as url:
        yield url


@pytest.fixture(scope="session")
def scratch_database(database_url: str) -> Iterator[str]:
    """Return the address of another database of this process's own."""
    with fresh_database(beside(make_url(database_url), "scratch")) as url:
        yield url


@pytest.fixture
def scratch_url(scratch_database: str) -> str:
    """Return the address of an empty database, for a test that makes and changes tables."""
    server.empty_database(make_url(scratch_database))
    return scratch_database


@contextmanager
def own_place() -> Iterator[URL]:
    """Find the server, and a place on it that no other run has."""
    address = server.find()
    if problem := problem_of(address, server.BACKENDS):
        pytest.exit(problem, returncode=4)
    with ExitStack() as held:
        with explained("No test database"):
            place = held.enter_context(server.own_place(make_url(address)))
        yield place


@contextmanager
def fresh_database(url: URL) -> Iterator[str]:
    """Make an empty database, which is dropped afterwards."""
    with explained("No test database"):
        server.create_database(url)
    yield written(url)
    with suppress(SQLAlchemyError):  # where the server has gone, so has the database
        server.drop_database(url)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """End the run with one line where the server refuses."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        pytest.exit(f"{what}: {reason.splitlines()[0]}. See TEST_DATABASE_URL.", returncode=4)


def written(url: URL) -> str:
    """Write an address, its password included."""
    return url.render_as_string(hide_password=False)
