"""The environment by uv, with the tested versions in a lock that stays free of them."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from processes import Child
from tools import CONSTRAINTS, must

if TYPE_CHECKING:
    from pathlib import Path


def make(uv: str, project: Path, work: Path, log: Path) -> Child | None:
    """Lock and sync; return the child that frees the new lock of the pins, if there is one."""
    pins = tested_pins()
    own = (project / "pyproject.toml").read_text(encoding="utf-8")
    if (project / "uv.lock").exists() or not pins or "constraint-dependencies" in own:
        # A lock that is there is its owner's: uv changes no more of it than it must.
        must([uv, "sync"], cwd=project, log=log)
        return None
    trial = work / project.name
    trial.mkdir()
    for name in (".python-version", "uv.toml"):
        if (project / name).exists():
            shutil.copy(project / name, trial)
    (trial / "pyproject.toml").write_text(constrained(own, pins), encoding="utf-8")
    target = {"UV_PROJECT_ENVIRONMENT": str(project / ".venv")}
    must([uv, "sync"], cwd=trial, log=log, env=target)
    shutil.copy(trial / "uv.lock", project)
    # Locked again without the pins, the versions stay and its owner's upgrades are free.
    return Child([uv, "lock"], cwd=project, log=work / "lock.log")


def tested_pins() -> list[str]:
    """Read the versions with which the template was tested."""
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines() if CONSTRAINTS.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def constrained(pyproject: str, pins: list[str]) -> str:
    """Return the text of a pyproject.toml that also holds uv to the pins."""
    setting = f"constraint-dependencies = {json.dumps(pins)}\n"
    header = re.search(r"(?m)^\[tool\.uv\].*\n", pyproject)
    if header is None:
        return f"{pyproject}\n[tool.uv]\n{setting}"
    return pyproject[: header.end()] + setting + pyproject[header.end() :]
