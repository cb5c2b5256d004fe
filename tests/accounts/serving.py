"""A project as it is served in production: by gunicorn, behind a proxy that speaks HTTPS."""

from __future__ import annotations

import json
import re
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.tools import clean_environ, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPMessage
    from pathlib import Path

LISTENS = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
HOST = "example.com"
SETTINGS = {
    "APP_ENV": "production",
    "BIND": "127.0.0.1:0",
    "JWT_SECRET_KEY": "jwtVq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv",
    "MAIL_URL": "smtp://mail.example.com",
    "PROXY_HOPS": "1",
    "SECRET_KEY": "n5Vq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv",
    "TRUSTED_HOSTS": HOST,
    "WEB_CONCURRENCY": "1",
}


def settings(folder: Path, **more: str) -> dict[str, str]:
    """Return what production wants, with a database in a folder."""
    return {**SETTINGS, "DATABASE_URL": f"sqlite:///{folder / 'app.db'}", **more}


def make_tables(python: Path, project: Path, environ: dict[str, str]) -> None:
    """Bring the database of a project up to date."""
    done = run(python, project, "flask", "--app", "app", "db", "upgrade", **environ)
    assert done.returncode == 0, done.stderr


@contextmanager
def served(python: Path, project: Path, output: Path, environ: dict[str, str]) -> Iterator[int]:
    """Serve a project while the block lasts; return the port."""
    command = [str(python), "-m", "gunicorn", "--config", "gunicorn.conf.py", "app:create_app()"]
    with output.open("w") as file:
        server = subprocess.Popen(
            command, cwd=project, env=clean_environ(**environ), stdout=file, stderr=file
        )
    try:
        yield port_of(server, output)
    finally:
        server.terminate()
        server.wait(timeout=20)


def port_of(server: subprocess.Popen[bytes], output: Path) -> int:
    """Return the port on which a server listens as soon as it does."""
    for _ in range(400):
        if found := LISTENS.search(output.read_text(encoding="utf-8")):
            return int(found[1])
        if server.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(output.read_text(encoding="utf-8"))


def ask(
    port: int, method: str, path: str, body: Any = None, caller: str = "203.0.113.7"
) -> tuple[int, HTTPMessage, str]:
    """Send a request as the proxy does; return the status, the headers and the text."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": caller}
    if body is not None:
        headers["Content-Type"] = "application/json"
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text
