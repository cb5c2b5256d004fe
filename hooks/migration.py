"""A migration for what an update changed in the models, written by the project's own Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from processes import run
from tools import CannotValidateError

if TYPE_CHECKING:
    from environment import Environment

# Where models stand: a change there may need a migration, one elsewhere hardly ever.
MODELS = (":(glob)app/**/models.py", "app/db.py")
SCRIPT = Path(__file__).with_name("revise.py")
# What ruff cannot mend, as a rule that is one long line, is marked where it stands.
TIDY = (("check", "--quiet", "--fix"), ("format", "--quiet"), ("check", "--quiet", "--add-noqa"))


def make(project: Path, environment: Environment, work: Path) -> str:
    """Write the migration that is missing; return its path, nothing if none is."""
    if not (project / "migrations").exists():
        return ""
    report, log = work / "migration.json", work / "migration.log"
    if run((environment.python, SCRIPT, report), cwd=project, log=log):
        raise CannotValidateError(reason(log.read_text(encoding="utf-8", errors="replace")))
    path = str(json.loads(report.read_text(encoding="utf-8")).get("path", ""))
    if path and environment.packages("ruff-*.dist-info"):
        for command in TIDY:
            run((environment.python, "-m", "ruff", *command, path), cwd=project, log=log)
    return path


def reason(said: str) -> str:
    """Return in one plain line why no migration could be made."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return (lines or ["no reason was given"])[-1].rstrip(".")
