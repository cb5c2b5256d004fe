"""The projects with which jobs and containers are tried, one for each database."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import with_uv

from tests.support.machine import pythons, uv
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"database": "postgresql", "interface": "api", "auth": "jwt"},
    "mysql": {"database": "mysql", "interface": "pages", "auth": "session"},
}


def lock(project: Path, trial: Path) -> None:
    """Lock a project to the tested versions, as the hook does."""
    trial.mkdir()
    own = (project / "pyproject.toml").read_text(encoding="utf-8")
    (trial / "pyproject.toml").write_text(
        with_uv.constrained(own, with_uv.tested_pins()), encoding="utf-8"
    )
    lock_as_it_is(trial)
    shutil.copy(trial / "uv.lock", project)
    lock_as_it_is(project)


def lock_as_it_is(folder: Path) -> None:
    """Write or refresh a uv.lock."""
    python = next(iter(pythons().values()))
    command = [uv(), "lock", "--quiet", "--python", str(python)]
    subprocess.run(command, cwd=folder, check=True, env=clean_environ())
