"""Limits are counted in Redis by all processes together, and hold when it goes away."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import uuid
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.accounts.serving import ask, make_tables, served, settings
from tests.support.machine import answers, lacks
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Render

LOGIN = "/api/v1/auth/login"
WRONG = {"email": "nobody@example.com", "password": "not the right password"}
FORGET = """
import sys
import redis
server = redis.Redis.from_url(sys.argv[1])
keys = [*server.scan_iter(sys.argv[2] + ":*")]
print(len(keys), all(0 < server.ttl(key) <= 180 for key in keys))
server.delete(*keys)
"""


@pytest.fixture(scope="module")
def redis_url() -> str:
    """Return the address of a running Redis."""
    url = os.environ.get("EVERGREEN_REDIS_URL", "redis://127.0.0.1:6379/0")
    place = urlsplit(url)
    if not answers(place.hostname or "", place.port or 6379):
        lacks(f"Redis server at {place.hostname}:{place.port}")
    return url


@pytest.fixture
def name() -> str:
    """Return the name of an app that no other has, which all its keys begin with."""
    return f"Evergreen test {uuid.uuid4().hex[:8]}"


@pytest.fixture
def project(render_project: Render, name: str) -> Path:
    """Return a project that has an API with logins."""
    return render_project({"project_name": name, "interface": "api"})


def forget(python: Path, url: str, name: str) -> str:
    """Remove the keys of an app; tell how many there were, and whether each would have ended."""
    command = [str(python), "-c", FORGET, url, name]
    done = subprocess.run(command, env=clean_environ(), capture_output=True, text=True, check=True)
    return done.stdout


@contextmanager
def mute_server() -> Iterator[str]:
    """Listen, and say nothing; return the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_two_servers_count_together(
    project: Path, python: Path, tmp_path: Path, redis_url: str, name: str
) -> None:
    """Five logins at each are ten, and the next has to wait at both."""
    environ = settings(tmp_path, REDIS_URL=redis_url)
    make_tables(python, project, environ)
    with ExitStack() as stack:
        ports = [
            stack.enter_context(served(python, project, tmp_path / output, environ))
            for output in ("first", "second")
        ]
        tried = [ask(port, "POST", LOGIN, WRONG)[0] for port in ports * 5]
        refused = [ask(port, "POST", LOGIN, WRONG) for port in ports]
        elsewhere = ask(ports[0], "POST", LOGIN, WRONG, caller="203.0.113.8")[0]
    keys = forget(python, redis_url, name)
    assert tried == [401] * 10
    assert [status for status, _, _ in refused] == [429, 429]
    assert all(0 < int(headers["Retry-After"]) <= 180 for _, headers, _ in refused)
    assert elsewhere == 401
    assert keys == "2 True\n"
    assert "counted by each process apart" not in (tmp_path / "first").read_text(encoding="utf-8")


def test_a_redis_that_says_nothing_keeps_nobody_waiting(
    project: Path, python: Path, tmp_path: Path
) -> None:
    """One request waits a second for it, the others not at all, and the limit holds."""
    with mute_server() as url:
        environ = settings(tmp_path, REDIS_URL=url)
        make_tables(python, project, environ)
        with served(python, project, tmp_path / "output", environ) as port:
            assert ask(port, "GET", "/healthz")[0] == 200
            begun = time.monotonic()
            statuses = [ask(port, "POST", LOGIN, WRONG)[0] for _ in range(11)]
            taken = time.monotonic() - begun
    output = (tmp_path / "output").read_text(encoding="utf-8")
    assert statuses == [401] * 10 + [429]
    assert taken < len(statuses)
    assert output.count("Redis does not answer") == 1


def test_production_says_when_processes_count_apart(
    project: Path, python: Path, tmp_path: Path
) -> None:
    """Each of several that have no Redis, at its start."""
    environ = settings(tmp_path, WEB_CONCURRENCY="2")
    make_tables(python, project, environ)
    with served(python, project, tmp_path / "output", environ) as port:
        assert ask(port, "GET", "/healthz")[0] == 200
    assert "limits are counted by each process apart; set REDIS_URL" in (
        tmp_path / "output"
    ).read_text(encoding="utf-8")
