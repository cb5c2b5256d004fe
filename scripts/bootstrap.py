"""Make the template's own environment, .venv: with uv where it is found, else with venv and pip."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def ensure(group: str) -> Path:
    """Return the interpreter of .venv, in which the named dependency group is installed."""
    require_python()
    python = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"
    stamp = ENVIRONMENT / f".{group}"
    wanted = fingerprint()
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        print(f"Making the template's environment ({group}) in .venv ...", flush=True)
        install(python, requirements(group))
        stamp.write_text(wanted)
    return python


def run_in_environment(group: str) -> None:
    """Continue this script in .venv, where the group's libraries can be imported."""
    python = ensure(group)
    if Path(sys.prefix).resolve() != ENVIRONMENT.resolve():
        os.execv(python, [str(python), *sys.argv])


def require_python() -> None:
    """Continue under a newer Python where this one is too old, or say that none was found."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, *sys.argv])
    uv = shutil.which("uv")
    if uv:
        os.execv(uv, [uv, "run", "--no-project", "--python", ">=3.11", *sys.argv])
    sys.exit(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")


def requirements(group: str) -> list[str]:
    """List what a dependency group of pyproject.toml asks for, its included groups too."""
    import tomllib  # noqa: PLC0415  (an older Python must reach the message above)

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[str] = []
    for entry in groups["dependency-groups"][group]:
        found += requirements(entry["include-group"]) if isinstance(entry, dict) else [entry]
    return found


def fingerprint() -> str:
    """Return what an environment was made from, as a short text that changes with it."""
    sources = (ROOT / "pyproject.toml", CONSTRAINTS)
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def install(python: Path, wanted: list[str]) -> None:
    """Install requirements into .venv, which is made first where it is missing."""
    uv = shutil.which("uv")
    if not python.exists():
        make = [uv, "venv", "--quiet", "--seed"] if uv else [sys.executable, "-m", "venv"]
        make += ["--python", sys.executable] if uv else []
        run([*make, str(ENVIRONMENT)])
    if uv:
        tool = [uv, "pip", "install", "--quiet", "--python", str(python)]
    else:
        tool = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*tool, "--constraint", str(CONSTRAINTS), *wanted])


def run(command: list[str]) -> None:
    """Run a command, and end with its exit status where it fails."""
    status = subprocess.run(command, check=False, cwd=ROOT).returncode
    if status:
        sys.exit(f"The template's environment could not be made: {' '.join(command[:4])} failed.")
