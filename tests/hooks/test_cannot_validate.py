"""What cannot run is said, with the one command for later; the project stays and the exit is 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hooks.machine import PIN, Machine
from tests.hooks.told import assert_told

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def assert_not_validated(done: CompletedProcess[str], project: Path, day: str) -> None:
    """Copier succeeds, the message is plain, and the project is whole."""
    assert_told(day, done)
    assert (project / "tests/test_app.py").exists()
    assert "Traceback" not in done.stdout
    assert not [*project.glob(".venv-*")]


def test_no_network_and_a_cold_cache(machine: Machine, tmp_path: Path) -> None:
    """Without packages there is no environment, not even half of one."""
    machine.environment |= {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(tmp_path / "cold")}

    done = machine.copy("app")

    project = machine.home / "app"
    assert_not_validated(done, project, "no network and a cold cache")
    assert "cd app && uv run pytest\n" in done.stdout
    assert not (project / ".venv").exists()
    assert not (project / "uv.lock").exists()
    assert "network was disabled" in (project / "validation.log").read_text(encoding="utf-8")


def test_no_suitable_python(machine: Machine) -> None:
    """A Python that is nowhere to be had is named."""
    machine.environment |= {"UV_PYTHON_DOWNLOADS": "never"}

    done = machine.copy("app", python="3.99")

    assert_not_validated(done, machine.home / "app", "no fitting Python")
    assert "no Python >=3.99 was found" in done.stdout


def test_no_database_server(machine: Machine) -> None:
    """The reason is the line with which the suite ended."""
    done = machine.copy("app", suite="serverless")

    assert_not_validated(done, machine.home / "app", "no database server")
    assert "No test database: start a server or set TEST_DATABASE_URL.\n" in done.stdout
    assert "cd app && uv run pytest\n" in done.stdout
    assert (machine.home / "app/uv.lock").exists()


def test_a_fault_of_the_hook_itself(machine: Machine, tmp_path: Path) -> None:
    """What nobody thought of costs no project either."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "uv").write_bytes(b"\0no program")
    (broken / "uv").chmod(0o755)
    machine.environment["PATH"] = f"{broken}:{machine.environment['PATH']}"

    done = machine.copy("app")

    assert_told("the hook itself fails", done)
    assert (machine.home / "app/tests/test_app.py").exists()


def test_no_uv(machine: Machine) -> None:
    """Where uv is missing, venv and pip do, with the same tested versions."""
    machine.without("uv")

    done = machine.copy("app")

    project = machine.home / "app"
    name, version = PIN.split("==")
    assert_told("no uv", done)
    assert ".venv/bin/pytest" in done.stdout
    assert ": 4 tests passed." in done.stdout
    assert [*project.glob(f".venv/lib/*/site-packages/{name}-{version}.dist-info")]
    assert not (project / "uv.lock").exists()


def test_no_uv_and_no_network(machine: Machine, tmp_path: Path) -> None:
    """The one command then needs only Python."""
    machine.without("uv")
    empty = tmp_path / "empty"
    empty.mkdir()
    machine.environment |= {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_FIND_LINKS": str(empty),
        "PIP_NO_INDEX": "1",
    }

    done = machine.copy("app")

    assert_not_validated(done, machine.home / "app", "no network and a cold cache")
    assert "cd app && python3 -m venv .venv && " in done.stdout
    assert not (machine.home / "app/.venv").exists()


def test_no_uv_and_no_suitable_python(machine: Machine) -> None:
    """No other Python is put in the place of the wanted one."""
    machine.without("uv")

    done = machine.copy("app", python="3.99")

    assert_not_validated(done, machine.home / "app", "no fitting Python")
    assert "no Python >=3.99 was found" in done.stdout
