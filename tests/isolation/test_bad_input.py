"""A test database that cannot be used: one clear line, soon, and nothing of anybody's is lost."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import DEFAULTS, on
from tests.isolation.servers import execute, kill_server, running, server, silent_server
from tests.support.machine import database_program, server_url
from tests.support.outcomes import TOO_LONG, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.outcomes import Run, Suite

SCHEMES = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}
OTHER_SCHEME = {"sqlite": "postgresql", "postgresql": "mysql", "mysql": "postgresql"}
PASSWORD = "pa55-in-an-address"
SECONDS, LINES = 60, 12
REFUSED = 4
PART = "tests/integration"
STRANGERS = ("shop", "shop_latest", "shop_production", "production_test")
ON_SERVERS = DEFAULTS[1:]
KEEP = ("CREATE TABLE kept (id INTEGER)", "INSERT INTO kept VALUES (7)")


def refuse(suite: Suite, url: str, *words: str) -> Run:
    """Run a suite on an address and see it refuse in one line that has these words."""
    result = run(
        suite.python,
        suite.project,
        [PART],
        {"TEST_DATABASE_URL": url, "COLUMNS": "300"},
        limit=SECONDS,
    )
    assert result.status != TOO_LONG, f"no answer in {SECONDS} s"
    assert result.status == REFUSED, result.output
    # pytest says it on both of its outputs.
    said = {line.rpartition("Exit: ")[2].strip(" !") for line in result.output.splitlines()}
    assert len(said - {""}) == 1, result.output
    assert all(word in result.output for word in words), result.output
    assert len(result.output.splitlines()) < LINES, result.output
    assert PASSWORD not in result.output, result.output
    assert "Traceback" not in result.output, result.output
    return result


@on(DEFAULTS)
@pytest.mark.parametrize("url", ["", " ", "app_test", "://", "postgresql:", "sqlite", "x://y/test"])
def test_what_is_no_address(suite: Suite, url: str) -> None:
    """An empty one is none, which is as good as not set."""
    if not url:
        assert run(suite.python, suite.project, ["--co", "-q"], {"TEST_DATABASE_URL": url}).tests
    else:
        refuse(suite, url, "TEST_DATABASE_URL")


@on(DEFAULTS)
def test_the_address_of_another_kind_of_database(suite: Suite) -> None:
    """The app's own database is what its suite must run on."""
    other = OTHER_SCHEME[suite.database]
    refuse(suite, f"{other}://u:{PASSWORD}@127.0.0.1:1/app_test", "TEST_DATABASE_URL", other)


@on(ON_SERVERS)
def test_no_server_there(suite: Suite) -> None:
    """Nothing listens on the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        url = f"{SCHEMES[suite.database]}://u:{PASSWORD}@127.0.0.1:{port}/app_test"
        refuse(suite, url, "No test database", "TEST_DATABASE_URL")


@on(ON_SERVERS)
def test_a_host_that_there_is_not(suite: Suite) -> None:
    """A name that nobody knows."""
    url = f"{SCHEMES[suite.database]}://u:{PASSWORD}@host.invalid/app_test"
    refuse(suite, url, "No test database", "TEST_DATABASE_URL")


@on(ON_SERVERS)
def test_a_server_that_never_answers(suite: Suite) -> None:
    """It takes the connection, and that is all."""
    with silent_server() as port:
        url = f"{SCHEMES[suite.database]}://u:{PASSWORD}@127.0.0.1:{port}/app_test"
        refuse(suite, url, "No test database", "TEST_DATABASE_URL")


@on(ON_SERVERS)
def test_a_stranger_is_not_let_in(suite: Suite) -> None:
    """A user that the server does not know, with a password."""
    place = server_url(suite.database).rpartition("@")[2]
    url = f"{SCHEMES[suite.database]}://nobody_here:{PASSWORD}@{place}/app_test"
    refuse(suite, url, "No test database", "nobody_here", "TEST_DATABASE_URL")


@on(ON_SERVERS)
@pytest.mark.parametrize("name", STRANGERS)
def test_a_database_of_somebody_keeps_its_rows(suite: Suite, name: str) -> None:
    """Its name is refused before anything is done to it."""
    name = f"{name}_{uuid.uuid4().hex[:8]}"
    place = server_url(suite.database)
    admin = f"{place}/postgres" if suite.database == "postgresql" else f"{place}/mysql"
    execute(suite, admin, f"CREATE DATABASE {name}")
    try:
        execute(suite, f"{place}/{name}", *KEEP)
        refuse(suite, f"{place}/{name}", "Refusing", name)
        assert execute(suite, f"{place}/{name}", "SELECT id FROM kept") == ["7"]
    finally:
        execute(suite, admin, f"DROP DATABASE {name}")


@pytest.mark.parametrize("name", [*STRANGERS, "app"])
def test_a_file_of_somebody_keeps_its_rows(suite: Suite, name: str, tmp_path: Path) -> None:
    """That its folder is called a test is not enough."""
    file = tmp_path / "test" / f"{name}.db"
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        for statement in KEEP:
            connection.execute(statement)
    connection.close()
    content = file.read_bytes()

    refuse(suite, f"sqlite:///{file}", "Refusing", name)

    assert file.read_bytes() == content
    assert [*file.parent.iterdir()] == [file]


def test_a_folder_that_there_is_not(suite: Suite, tmp_path: Path) -> None:
    """SQLite could not make its file there."""
    url = f"sqlite:///{tmp_path}/nowhere/app_test.db"
    refuse(suite, url, "No test database", "TEST_DATABASE_URL")


@pytest.fixture
def short_path() -> Iterator[Path]:
    """Return a folder whose path is short enough for a server's socket."""
    folder = Path(tempfile.mkdtemp(prefix="ev-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@on(ON_SERVERS)
def test_a_server_that_dies_in_the_middle(suite: Suite, short_path: Path) -> None:
    """The run ends there, with one line that says why."""
    if suite.database == "mysql":
        database_program()
    with server(suite, short_path) as url, running(suite, url, passed=100) as process:
        kill_server(suite, short_path)
        start = time.monotonic()
        rest, _ = process.communicate(timeout=SECONDS)
    assert time.monotonic() - start < SECONDS
    assert process.returncode == REFUSED, rest[-3000:]
    said = [line for line in rest.splitlines() if "The test database went away" in line]
    assert said, rest[-3000:]
    assert len({line.rpartition("Exit: ")[2].strip(" !") for line in said}) == 1, said
    assert "Traceback" not in rest, rest[-3000:]
    assert rest.count("PASSED") < 100, "it went on"


def leftovers(suite: Suite, url: str) -> list[str]:
    """Return the addresses of the databases that a run has left behind."""
    place, _, name = url.rpartition("/")
    if suite.database == "sqlite":
        files = Path(url.removeprefix("sqlite:///")).parent.glob("*test*main*.db")
        return [f"sqlite:///{file}" for file in files]
    query, admin = {
        "postgresql": ("SELECT datname FROM pg_database WHERE datname LIKE", "postgres"),
        "mysql": ("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE", ""),
    }[suite.database]
    return [
        f"{place}/{found}" for found in execute(suite, f"{place}/{admin}", f"{query} '{name}%'")
    ]


@on(DEFAULTS, 1, "older")
def test_what_an_older_run_has_left_is_no_hindrance(suite: Suite, tmp_path: Path) -> None:
    """A run was killed, and the models are others since."""
    name = f"evergreen_test_{uuid.uuid4().hex[:8]}"
    file = f"sqlite:///{tmp_path}/{name}.db"
    url = file if suite.database == "sqlite" else f"{server_url(suite.database)}/{name}"
    with running(suite, url, passed=100):
        pass
    stale = leftovers(suite, url)
    assert stale
    for each in stale:
        execute(suite, each, "DROP TABLE posts", "CREATE TABLE posts (old INTEGER)", *KEEP)
    suite.assert_same(TEST_DATABASE_URL=url)
    # A file has the number of its process in its name, so nobody meets it again.
    assert suite.database == "sqlite" or not set(leftovers(suite, url)) & set(stale)
