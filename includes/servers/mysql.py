"""MySQL or MariaDB, the tests' database: the server of TEST_DATABASE_URL, else one of our own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from app.db import DRIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
PATIENCE = 30


def find_server() -> str:
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
def fresh_database(url: URL) -> Iterator[str]:
    """Make an empty database, which is dropped afterwards."""
    server = create_engine(url.set(drivername=DRIVER, database=""), isolation_level="AUTOCOMMIT")
    drop = text(f"DROP DATABASE IF EXISTS `{url.database}`")
    try:
        with server.connect() as connection:
            connection.execute(drop)
            connection.execute(text(f"CREATE DATABASE `{url.database}` CHARACTER SET utf8mb4"))
    except OperationalError as error:
        reason = str(error.orig).splitlines()[0]
        pytest.exit(f"No test database: {reason}. See TEST_DATABASE_URL.", returncode=4)
    yield url.render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(drop)
    server.dispose()
