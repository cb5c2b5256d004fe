"""MySQL or MariaDB, the tests' database: the server of TEST_DATABASE_URL, else one of our own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pymysql import Error as DriverError
from sqlalchemy import NullPool, create_engine, func, select, text

from app.db import DRIVER
from tests.addresses import beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

__all__ = ["DriverError"]

BACKENDS = ("mysql", "mariadb")
SCHEMA = """
SELECT table_name, column_name, column_type, CONCAT(is_nullable, COALESCE(column_default, ''))
    FROM information_schema.columns WHERE table_schema = DATABASE()
UNION ALL SELECT table_name, index_name, column_name, non_unique
    FROM information_schema.statistics WHERE table_schema = DATABASE()
UNION ALL SELECT table_name, constraint_name, constraint_type, NULL
    FROM information_schema.table_constraints WHERE table_schema = DATABASE()
ORDER BY 1, 2, 3, 4
"""
PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
PATIENCE = 30


def find() -> str:
    """Return the address that the shell names, else start a server that ends with this process."""
    return os.environ.get("TEST_DATABASE_URL") or start_server()


def start_server() -> str:
    """Start a program of this machine on a temporary folder; return a test database's address."""
    program = shutil.which("mariadbd", path=PLACES) or shutil.which("mysqld", path=PLACES)
    if program is None:
        pytest.exit(
            "No test database: neither mariadbd nor mysqld is on this machine. "
            "Install one, or start a server and set TEST_DATABASE_URL.",
            returncode=4,
        )
    folder = Path(tempfile.mkdtemp(prefix="mysql-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    make_data_folder(program, folder)
    server = subprocess.Popen(
        [
            program,
            "--no-defaults",
            f"--datadir={folder / 'data'}",
            f"--socket={folder / 'socket'}",
            f"--pid-file={folder / 'pid'}",
            f"--log-error={folder / 'log'}",
            "--skip-networking",
            *as_root(),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(stop, server)
    wait_for(server, folder)
    return f"{DRIVER}://root@localhost/app_test?unix_socket={folder / 'socket'}"


def make_data_folder(program: str, folder: Path) -> None:
    """Make what a server keeps its data in."""
    install = shutil.which("mariadb-install-db", path=PLACES)
    if install and "maria" in Path(program).resolve().name:
        command = [install, "--no-defaults", "--auth-root-authentication-method=normal"]
        command += ["--skip-test-db"]
    else:
        command = [program, "--no-defaults", "--initialize-insecure"]
    command += [f"--datadir={folder / 'data'}", *as_root()]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no reason given"]
        pytest.exit(f"No test database: {command[0]} failed: {lines[-1]}", returncode=4)


def wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until the server listens."""
    deadline = time.monotonic() + PATIENCE
    while not (folder / "socket").exists():
        if server.poll() is not None or time.monotonic() > deadline:
            lines = (folder / "log").read_text(errors="replace").splitlines()
            pytest.exit(f"No test database: the server did not start: {lines[-1]}", returncode=4)
        time.sleep(0.05)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server; its data is thrown away, so it need not be gentle."""
    server.kill()
    server.wait()


def as_root() -> list[str]:
    """Return the option without which the server refuses to run as root."""
    return ["--user=root"] if os.geteuid() == 0 else []


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """Connect to the server, not to the database."""
    place = url.set(drivername=DRIVER, database="")
    engine = create_engine(
        place,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        poolclass=NullPool,
        connect_args={"connect_timeout": PATIENCE, "read_timeout": PATIENCE},
    )
    with engine.connect() as connection:
        yield connection


@contextmanager
def own_place(url: URL) -> Iterator[URL]:
    """Find a name that no other run uses; the server keeps it for us until we end."""
    with connected(url) as connection:
        for number in count(1):
            place = beside(url, number)
            if connection.scalar(select(func.get_lock(place.database, 0))):
                break
        yield place


def create_database(url: URL) -> None:
    """Make an empty database."""
    drop_database(url)
    with connected(url) as connection:
        connection.execute(text(f"CREATE DATABASE `{url.database}` CHARACTER SET utf8mb4"))


def empty_database(url: URL) -> None:
    """Remove all tables and whatever else is there."""
    create_database(url)


def drop_database(url: URL) -> None:
    """Remove a database."""
    with connected(url) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS `{url.database}`"))


def ping(url: URL) -> None:
    """Fail where the server has gone."""
    with connected(url):
        pass
