"""What is attacked: a project under gunicorn, in its production configuration, on a database."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Iterator

ACTORS = Path(__file__).with_name("actors.py")
PATIENCE = 30
SETTINGS = {
    "APP_ENV": "production",
    "SECRET_KEY": "1f0c6a9b7d2e48359ab4c6d8e0f21357",
    "JWT_SECRET_KEY": "97e3b5a1c0d84f26b8ea7c5d3f190246",
    "MAIL_URL": "memory:",
    "TRUSTED_HOSTS": "127.0.0.1",
    # The attacker stands behind a proxy, and so can come from anywhere.
    "PROXY_HOPS": "1",
    "WEB_CONCURRENCY": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True)
class Target:
    """A project that is served."""

    url: str
    log: Path

    def errors(self) -> list[str]:
        """Return the lines of the log that tell of an error."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if '"error"' in line or line.startswith("Traceback")]


@contextmanager
def served(python: Path, project: Path, database_url: str = "") -> Iterator[Target]:
    """Serve a project, its tables made."""
    environ = environ_of(project, database_url)
    subprocess.run(
        [python, "-m", "flask", "--app", "app", "db", "upgrade"],
        cwd=project,
        env=environ,
        check=True,
        capture_output=True,
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    log = project / "served.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [python, "-m", "gunicorn", "app:create_app()"],
            cwd=project,
            env={**environ, "BIND": place},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    try:
        wait_for(server, f"http://{place}/healthz")
        yield Target(f"http://{place}", log)
    finally:
        server.terminate()
        server.wait()


def known_to(python: Path, project: Path, role: str, database_url: str = "") -> Path:
    """Add an attacker of a role to a project's database; return the file of what they know."""
    done = subprocess.run(
        [python, ACTORS, role],
        cwd=project,
        env={**environ_of(project, database_url), "PYTHONPATH": str(project)},
        check=True,
        capture_output=True,
        text=True,
    )
    known = project / "known.json"
    known.write_text(json.dumps(json.loads(done.stdout.splitlines()[-1])), encoding="utf-8")
    return known


def environ_of(project: Path, database_url: str) -> dict[str, str]:
    """Return the environment of a project in production."""
    url = database_url or f"sqlite:///{project / 'attacked.db'}"
    return clean_environ(**SETTINGS, DATABASE_URL=url)


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")
