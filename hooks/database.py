"""The development database of a new project, so that it runs at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processes import Child

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

UPGRADE = ("-m", "flask", "--app", "app", "db", "upgrade")
OWN: dict[str, str | None] = {
    # The database made here is the new project's own, whatever the shell points at.
    "APP_ENV": "development",
    "DATABASE_URL": None,
    "FLASK_SKIP_DOTENV": "1",
}


def kind(project: Path) -> str:
    """Return which database was answered."""
    text = (project / ".copier-answers.yml").read_text(encoding="utf-8")
    found = re.search(r"(?m)^database: *(\w+)", text)
    return found[1] if found else "sqlite"


def make(project: Path, environment: Environment, work: Path) -> Child | None:
    """Start to make an SQLite database; one that is there already is its owner's."""
    there = (project / "instance" / "app.db").exists()
    if there or kind(project) != "sqlite" or not (project / "migrations").exists():
        return None
    command = (environment.python, *UPGRADE)
    return Child(command, cwd=project, log=work / "database.log", env=OWN)
