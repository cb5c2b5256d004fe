"""Environments of tools that only a few tests and commands need, each made once."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from bootstrap import CONSTRAINTS as PINS
from bootstrap import requirements

from tests.support.environments import fingerprint, install, locked
from tests.support.machine import uv
from tests.support.paths import CACHE


def toolbox(group: str, *, with_projects: bool = False) -> Path:
    """Return the folder of the programs of a dependency group, beside what projects need or not."""
    wanted = requirements(group)
    made_from = f"{wanted} {PINS.read_text(encoding='utf-8')} {with_projects and fingerprint()}"
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    name = f"{group}-{version}-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}"
    folder = CACHE / "environments" / name
    with locked(folder.with_name(f"{name}.lock")):
        if not (folder / ".ready").exists():
            make(folder, wanted, with_projects=with_projects)
        (folder / ".ready").touch()
    return folder / "bin"


def make(folder: Path, wanted: list[str], *, with_projects: bool) -> None:
    """Make an environment of the tested versions."""
    python, base = folder / "bin" / "python", Path(sys.executable).resolve()
    subprocess.run([uv(), "venv", "-q", "--clear", "-p", base, folder], check=True)
    if with_projects:
        install(python)
    place = ("-p", str(python), "-c", str(PINS))
    subprocess.run([uv(), "pip", "install", "-q", "--no-config", *place, *wanted], check=True)
