"""The image and its compose file do what they say; their commands run here without an engine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.machine import pythons, server_url, uv
from tests.support.tools import clean_environ
from tests.workflow.containers import assemble, compose, interpolated, required, stages
from tests.workflow.projects import lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Render

KEY = "k3Yq8vR2sWm5xTz7LpNcB4hJdFgA9uEi"
SETTINGS = {
    "SECRET_KEY": KEY,
    "JWT_SECRET_KEY": KEY[::-1],
    "DATABASE_PASSWORD": "letters1and2digits3",
    "TRUSTED_HOSTS": ".shop.example, localhost",
}
MAKE_DATABASE = """
import sys, sqlalchemy
server, name = sys.argv[1:]
engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
with engine.connect() as connection:
    connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
    if sys.stdin.read():
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
"""


@pytest.fixture
def database_url(database: str, python: Path, worker: str, tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database, in place of the one in compose.yaml."""
    if database == "sqlite":
        yield f"sqlite:///{tmp_path}/image/instance/app.db"
        return
    server, name = server_url(database), f"containers_test_{os.getpid()}_{worker}"
    admin = f"{server}/postgres" if database == "postgresql" else server
    command = [str(python), "-c", MAKE_DATABASE, admin, name]
    subprocess.run(command, input="make", text=True, check=True)
    yield f"{server}/{name}"
    subprocess.run(command, input="", text=True, check=True)


@pytest.fixture
def environ(project: Path, database_url: str, python: Path, port: int) -> dict[str, str]:
    """Return the environment of the containers, as the image and compose.yaml make it."""
    image = stages(project)[-1].environ()
    service = compose(project)["services"]["web"]["environment"]
    given = {name: interpolated(str(value), SETTINGS) for name, value in service.items()}
    here = {
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "BIND": image["BIND"].replace("0.0.0.0:8000", f"127.0.0.1:{port}"),
        "DATABASE_URL": database_url,
    }
    return clean_environ(**{**image, **given, **here})


@pytest.fixture
def port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        found: int = listener.getsockname()[1]
    return found


@pytest.fixture
def image(project: Path, tmp_path: Path) -> Path:
    """Return a folder with what the last stage copies, and the folder that it makes."""
    assemble(project, stages(project)[-1], tmp_path / "image")
    (tmp_path / "image" / "instance").mkdir()
    return tmp_path / "image"


def test_app_is_served(
    project: Path, image: Path, environ: dict[str, str], port: int, database: str
) -> None:
    """Migrated, started, healthy by the image's own question, ready, and stopped in peace."""
    migrate = compose(project)["services"]["migrate"]["command"]
    subprocess.run(migrate, cwd=image, env=environ, check=True, timeout=60)
    stage = stages(project)[-1]
    with served(stage.command("CMD"), image, environ, port) as output:
        question = [part.replace(":8000", f":{port}") for part in stage.command("HEALTHCHECK")]
        assert healthy(question, image, environ)
        assert status(port, "/readyz", "www.shop.example") == 200
        assert status(port, "/healthz", "evil.example") == 400
    text = output.read_text(encoding="utf-8")
    assert '"path": "/readyz"' in text
    assert not any(secret in text for secret in SETTINGS.values() if secret.isalnum())
    assert (image / "instance" / "app.db").exists() == (database == "sqlite")


def test_image_makes_secrets(
    project: Path, image: Path, environ: dict[str, str], database: str
) -> None:
    """The command of CI's job gives what compose.yaml wants, before there is any."""
    fresh = {name: value for name, value in environ.items() if name not in SETTINGS}
    del fresh["DATABASE_URL"]
    made = subprocess.run(
        ["flask", "--app", "app", "secrets"],
        cwd=image,
        env={**fresh, "APP_ENV": "development"},
        capture_output=True,
        text=True,
        check=True,
    )
    given = {line.partition("=")[0] for line in made.stdout.splitlines()}
    wanted = required((project / "compose.yaml").read_text(encoding="utf-8"))
    assert wanted - given == {"TRUSTED_HOSTS"} | (
        set() if database == "sqlite" else {"DATABASE_PASSWORD"}
    )


@contextmanager
def served(command: list[str], image: Path, environ: dict[str, str], port: int) -> Iterator[Path]:
    """Serve the app while the block lasts, then stop it as an engine does."""
    output = image.with_name("output")
    with output.open("w") as file:
        server = subprocess.Popen(command, cwd=image, env=environ, stdout=file, stderr=file)
    try:
        wait_for(server, port, output)
        yield output
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
        server.wait()


def wait_for(server: subprocess.Popen[bytes], port: int, output: Path) -> None:
    """Wait until the server listens."""
    for _ in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    pytest.fail(output.read_text(encoding="utf-8"))


def status(port: int, path: str, host: str) -> int:
    """Ask for a path under a host's name; return the status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def healthy(question: list[str], image: Path, environ: dict[str, str]) -> bool:
    """Ask as an engine does: again for a while, because the workers start after the listening."""
    asked = (subprocess.run(question, cwd=image, env=environ, check=False) for _ in range(5))
    return any(answer.returncode == 0 for answer in asked)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "without a lock"])
def test_environment_is_made(render_project: Render, tmp_path: Path, *, locked: bool) -> None:
    """The first stage needs nothing but what it copies, and leaves the tools of tests out."""
    project = render_project({})
    if locked:
        lock(project, tmp_path / "trial")
    stage = stages(project)[1]
    assemble(project, stage, tmp_path / "image")
    (script,) = (text.partition("/root/.cache/uv")[2] for text in stage.all("RUN"))
    newest = [*pythons().values()][-1]
    path = f"{Path(uv()).parent}{os.pathsep}{os.environ['PATH']}"
    here = {"UV_PYTHON": str(newest), "UV_COMPILE_BYTECODE": "0", "PATH": path}
    environ = clean_environ(**{**stage.environ(), **here})
    subprocess.run(["sh", "-c", script], cwd=tmp_path / "image", env=environ, check=True)
    made = {path.name for path in (tmp_path / "image" / ".venv" / "bin").iterdir()}
    assert {"flask", "gunicorn"} <= made
    assert not {"pytest", "ruff", "mypy"} & made
