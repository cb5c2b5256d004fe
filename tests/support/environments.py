"""One virtual environment for all generated projects: the union of what they need, made once."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.combinations import suites
from tests.support.machine import uv
from tests.support.paths import CACHE, CONSTRAINTS, ROOT, TEMPLATE
from tests.support.rendering import render, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = (CONSTRAINTS, ROOT / "copier.yml", TEMPLATE / "pyproject.toml.jinja")
UNUSED = 7 * 24 * 3600


def environment(version: str, interpreter: Path) -> Path:
    """Return the interpreter of the environment for a Python version, made where it is missing."""
    folder = CACHE / "environments" / f"{version}-{fingerprint()}"
    python = folder / "bin" / "python"
    with locked(folder.with_name(f"{folder.name}.lock")):
        if not (folder / ".ready").exists():
            subprocess.run([uv(), "venv", "-q", "--clear", "-p", interpreter, folder], check=True)
            install(python)
        (folder / ".ready").touch()
        forget_unused(folder.parent)
    return python


def forget_unused(folder: Path) -> None:
    """Remove the environments that nothing has asked for in a week."""
    for ready in folder.glob("*/.ready"):
        if ready.stat().st_mtime < time.time() - UNUSED:
            shutil.rmtree(ready.parent, ignore_errors=True)


def install(python: Path) -> None:
    """Install the tested versions of everything that any project needs."""
    place = ("-p", str(python), "-c", str(CONSTRAINTS))
    command = [uv(), "pip", "install", "-q", "--no-config", *place, *sorted(all_requirements())]
    subprocess.run(command, check=True)


def fingerprint() -> str:
    """Return a short text that changes with what the environment is made from."""
    content = b"".join(source.read_bytes() for source in SOURCES)
    return hashlib.sha256(content).hexdigest()[:12]


def all_requirements() -> set[str]:
    """Collect what every project that can be generated asks for."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        # The one answer beside those of a suite that brings a dependency.
        fullest = [suite.also(ci="github-shards") for suite in suites()]
        projects = (render(snapshot, Path(folder) / str(each), each.data) for each in fullest)
        return {requirement for project in projects for requirement in requirements(project)}


def requirements(project: Path) -> list[str]:
    """List what one project asks for, its dependency groups included."""
    groups = metadata(project)["dependency-groups"].values()
    needed = [entry for group in groups for entry in group if isinstance(entry, str)]
    return [*runtime_requirements(project), *needed]


def runtime_requirements(project: Path) -> list[str]:
    """List what one project asks for in production."""
    found: list[str] = metadata(project)["project"]["dependencies"]
    return found


def metadata(project: Path) -> dict[str, Any]:
    """Read a project's pyproject.toml."""
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes out while one makes something."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
