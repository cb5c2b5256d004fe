"""The project's virtual environment: all of it, or nothing half-made."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import with_uv
from processes import signal_all, wait_for_all
from tools import CannotValidateError

if TYPE_CHECKING:
    from processes import Child

SCRIPTS = Path("Scripts") if os.name == "nt" else Path("bin")
REMOVE = "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)"
BY_HAND = (
    "python3 -m venv .venv && .venv/bin/pip install --upgrade pip"
    " && .venv/bin/pip install . --group dev && .venv/bin/pytest"
)


@dataclass
class Environment:
    """A ready environment and the words with which its owner calls it."""

    venv: Path
    tool: str
    prefix: str
    relock: Child | None = None

    @property
    def python(self) -> Path:
        """Return its interpreter."""
        return self.venv / SCRIPTS / "python"

    def packages(self, pattern: str) -> int:
        """Count the installed packages whose folder matches."""
        return len([*self.venv.glob(f"[Ll]ib/**/site-packages/{pattern}")])

    def summary(self) -> str:
        """Say what it is in a few words."""
        text = (self.venv / "pyvenv.cfg").read_text(encoding="utf-8")
        found = re.search(r"(?m)^version(?:_info)?\s*=\s*(\d+(?:\.\d+)*)", text)
        version = found[1] if found else ""
        return f"{self.tool}, Python {version}, {self.packages('*.dist-info')} packages"


def by_hand(project: Path) -> str:
    """Return the one command that runs the suite from what is there now."""
    if shutil.which("uv"):
        return "uv run pytest"
    return f".venv/{SCRIPTS}/pytest" if (project / ".venv").exists() else BY_HAND


def prepare(project: Path, work: Path, log: Path) -> Environment:
    """Make or refresh the environment, by uv if it is there."""
    venv = project / ".venv"
    existed = venv.exists()
    try:
        return _prepare(venv, work, log)
    except CannotValidateError:
        if not existed:
            shutil.rmtree(venv, ignore_errors=True)
        raise
    except KeyboardInterrupt:
        signal_all(signal.SIGKILL)
        wait_for_all(0.2)
        if not existed and venv.exists():
            discard(venv)
        raise


def _prepare(venv: Path, work: Path, log: Path) -> Environment:
    if holds_something_else(venv):
        raise CannotValidateError(".venv is there and is no virtual environment: move it away")
    project = venv.parent
    uv = shutil.which("uv")
    if uv:
        return Environment(venv, "uv", "uv run ", with_uv.make(uv, project, work, log))
    import with_pip  # noqa: PLC0415 - it loads what uv users need not wait for

    environment = Environment(venv, "venv and pip (no uv.lock)", f".venv/{SCRIPTS}/")
    with_pip.make(environment.python, project, work, log)
    return environment


def holds_something_else(venv: Path) -> bool:
    """Say whether the place is taken by what no tool has made for an environment."""
    if not venv.is_dir():
        return venv.exists()
    return not (venv / "pyvenv.cfg").is_file() and any(venv.iterdir())


def discard(venv: Path) -> None:
    """Take an environment away at once, even if this process ends before it is all gone."""
    grave = venv.with_name(f".venv-{os.getpid()}")
    venv.rename(grave)
    subprocess.Popen(
        [sys.executable, "-c", REMOVE, str(grave)],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
