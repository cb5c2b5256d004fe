"""Database servers of these tests' own, and SQL in the project's own Python."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.outcomes import Suite

START = """
from tests.server import start_server
print(start_server(), flush=True)
input()
"""
EXECUTE = """
import sys
from sqlalchemy import create_engine, text
engine = create_engine(sys.argv[1], isolation_level="AUTOCOMMIT")
with engine.connect() as connection:
    for statement in sys.argv[2:]:
        result = connection.execute(text(statement))
        if result.returns_rows:
            print(*(row[0] for row in result), sep="\\n")
"""
# A server that ends at once, and leaves nothing behind that goes on.
DEATHS = {"postgresql": signal.SIGQUIT, "mysql": signal.SIGKILL}
PID_FILES = {"postgresql": "**/postmaster.pid", "mysql": "**/pid"}


def execute(suite: Suite, url: str, *statements: str) -> list[str]:
    """Run some SQL; return the first column of what it answers."""
    done = subprocess.run(
        [suite.python, "-c", EXECUTE, url, *statements],
        cwd=suite.project,
        env=clean_environ(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@contextmanager
def server(suite: Suite, folder: Path) -> Iterator[str]:
    """Start a server as the suite itself does; return the address of a database on it."""
    starter = subprocess.Popen(
        [suite.python, "-c", START],
        cwd=suite.project,
        env=clean_environ(TMPDIR=str(folder)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert starter.stdin
    assert starter.stdout
    yield starter.stdout.readline().strip()
    starter.communicate("\n")


def kill_server(suite: Suite, folder: Path) -> None:
    """End the server in a folder, as a crash does."""
    (file,) = folder.glob(PID_FILES[suite.database])
    os.kill(int(file.read_text().split()[0]), DEATHS[suite.database])


@contextmanager
def silent_server() -> Iterator[int]:
    """Open a port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@contextmanager
def running(suite: Suite, url: str, passed: int) -> Iterator[subprocess.Popen[str]]:
    """Start a suite, and wait until some of its tests have passed."""
    process = subprocess.Popen(
        [suite.python, "-m", "pytest", "-v", "--no-cov", "--randomly-seed=1"],
        cwd=suite.project,
        env=clean_environ(TEST_DATABASE_URL=url, PYTHONUNBUFFERED="1", COLUMNS="200"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    for line in process.stdout:
        sys.stdout.write(line)
        passed -= "PASSED" in line
        if not passed:
            break
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
