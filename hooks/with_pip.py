"""The environment by venv and pip, for a machine without uv."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.specifiers import SpecifierSet
from processes import run
from tools import CONSTRAINTS, CannotValidateError, must, required_python

INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
READER = Path(__file__).with_name("requirements.py")


def make(python: Path, project: Path, work: Path, log: Path) -> None:
    """Make .venv where there is none that works, and install what the project needs."""
    if not usable(python, project, work):
        base = suitable_python(required_python(project))
        must([base, "-m", "venv", "--clear", ".venv"], cwd=project, log=log)
    wanted = work / "requirements.txt"
    must([python, READER], cwd=project, log=wanted)
    command: list[str | Path] = [python, *INSTALL, "--requirement", wanted]
    # On an update its owner's own versions stand, as they do in a lock.
    if CONSTRAINTS.exists() and os.environ.get("COPIER_OPERATION") != "update":
        command += ["--constraint", CONSTRAINTS]
    must(command, cwd=project, log=log)


def usable(python: Path, project: Path, work: Path) -> bool:
    """Say whether there is an environment that has pip, of a Python that the project accepts."""
    accepted = SpecifierSet(required_python(project), prereleases=True)
    if not python.exists() or version_of(str(python)) not in accepted:
        return False
    return run((python, "-m", "pip", "--version"), cwd=project, log=work / "pip.log") == 0


def suitable_python(wanted: str) -> str:
    """Return a Python that the project accepts: Copier's own, else one on the path."""
    accepted = SpecifierSet(wanted, prereleases=True)
    if platform.python_version() in accepted:
        return sys.executable
    for name in ("python3", "python", *(f"python3.{minor}" for minor in range(11, 20))):
        found = shutil.which(name)
        if found and version_of(found) in accepted:
            return found
    raise CannotValidateError(f"no Python {wanted} was found on this machine")


def version_of(python: str) -> str:
    """Return the version of an interpreter, 0 if it does not run."""
    ask = [python, "-c", "import platform; print(platform.python_version())"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=False)
    except OSError:
        return "0"
    return answer.stdout.strip() if answer.returncode == 0 else "0"
