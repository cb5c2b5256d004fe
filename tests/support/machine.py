"""What this machine has to test with, and what it lacks: listed at the end, a failure in CI."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest
from packaging.version import Version

LACK = "this machine has no "
URLS = {
    "postgresql": "postgresql+psycopg://postgres@127.0.0.1:5432",
    "mysql": "mysql+pymysql://root@127.0.0.1:3306",
}
PROGRAMS = ("mariadbd", "mysqld")
VERSION = "import sys; print(*sys.version_info[:3], sep='.')"
OLDEST, NEWEST = Version("3.11"), Version("3.15.dev0")


def lacks(what: str) -> NoReturn:
    """Leave a test out for want of something, which the last lines of the run repeat."""
    if os.environ.get("CI"):
        pytest.fail(f"{LACK}{what}, and CI must have it", pytrace=False)
    pytest.skip(f"{LACK}{what}")


def does_without(what: str) -> NoReturn:
    """Leave a test out that CI may leave out too, for another machine does it."""
    pytest.skip(f"{LACK}{what}")


def server_url(database: str) -> str:
    """Return the address of a running server, without a database's name."""
    url = os.environ.get(f"EVERGREEN_{database.upper()}_URL", URLS[database]).rstrip("/")
    place = re.fullmatch(r".+//(?:[^@]*@)?\[?(?P<host>[^/]+?)\]?:(?P<port>\d+)", url)
    if place is None:
        pytest.fail(f"EVERGREEN_{database.upper()}_URL has no host and port: {url}")
    if not answers(place["host"], int(place["port"])):
        lacks(f"{database} server at {place['host']}:{place['port']}")
    return url


def answers(host: str, port: int) -> bool:
    """Tell whether something listens there."""
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def database_program() -> Path:
    """Return the MariaDB or MySQL server program of this machine."""
    sbin = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    for name in PROGRAMS:
        if found := shutil.which(name, path=sbin):
            return Path(found)
    lacks("MariaDB or MySQL server program")


def uv() -> str:
    """Return uv: the machine's own, or the one in the template's environment."""
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv") or lacks("uv")


@cache
def pythons() -> dict[str, Path]:
    """Find an interpreter for each supported Python version, this one's own first."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": Path(sys.executable).resolve()}
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    folders += sorted(pyenv.glob("versions/*/bin"))
    for folder in folders:
        for candidate in sorted(folder.glob("python3.[0-9]*")):
            name = re.fullmatch(r"python(3\.\d+)", candidate.name)
            if name and name[1] not in found and runs(candidate):
                found[name[1]] = candidate.resolve()
    return dict(sorted(found.items(), key=lambda item: Version(item[0])))


def runs(candidate: Path) -> bool:
    """Tell whether an interpreter starts and is of a supported version."""
    try:
        answer = subprocess.run(
            [candidate, "-c", VERSION], capture_output=True, text=True, timeout=20, check=True
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return False
    return f"python{'.'.join(answer.split('.')[:2])}" == candidate.name and (
        OLDEST <= Version(answer) < NEWEST
    )
