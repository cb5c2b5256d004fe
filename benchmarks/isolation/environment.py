"""One environment for all that is compared: what our projects need, and Django."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

from packaging.version import Version

from tests.support.environments import all_requirements, fingerprint, locked
from tests.support.machine import pythons, uv
from tests.support.paths import CACHE, CONSTRAINTS

if TYPE_CHECKING:
    from pathlib import Path

DJANGO = (
    "django==6.1.3",
    "djangorestframework==3.18.3",
    "pytest-django==4.14.0",
    "asgiref==3.13.0",
    "sqlparse==0.6.1",
)
OLDEST = Version("3.12")  # what this Django asks for


def environment() -> Path:
    """Return the interpreter of the environment, made where it is missing."""
    version, interpreter = newest_python()
    made_from = f"{fingerprint()} {DJANGO}"
    name = f"isolation-{version}-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}"
    folder = CACHE / "environments" / name
    python = folder / "bin" / "python"
    with locked(folder.with_name(f"{name}.lock")):
        if not (folder / ".ready").exists():
            subprocess.run([uv(), "venv", "-q", "--clear", "-p", interpreter, folder], check=True)
            place = ("-p", str(python), "-c", str(CONSTRAINTS))
            wanted = (*sorted(all_requirements()), *DJANGO)
            command = [uv(), "pip", "install", "-q", "--no-config", *place, *wanted]
            subprocess.run(command, check=True)
        (folder / ".ready").touch()
    return python


def newest_python() -> tuple[str, Path]:
    """Return the newest Python found, the same for both."""
    version, interpreter = max(pythons().items(), key=lambda item: Version(item[0]))
    if Version(version) < OLDEST:
        sys.exit(f"Django 6.1 needs Python {OLDEST} or newer; the newest found is {version}.")
    return version, interpreter
