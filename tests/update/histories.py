"""The history of a project's database: handed on, added to as the hook does, and played."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import migration
import pytest
from environment import Environment

from tests.support.suite import database_url
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = Path(__file__).with_name("rows.py")
TIMES = {"created_at": "'2026-01-01 00:00:00'", "updated_at": "'2026-01-01 00:00:00'"}


def environ_of(database: str) -> dict[str, str]:
    """Return the environment in which a project finds its test database."""
    url = database_url(database)
    return {"TEST_DATABASE_URL": url} if url else {}


def insert(table: str, row: Mapping[str, str], **changed: str) -> str:
    """Return the SQL that writes a row."""
    values = {**row, **changed}
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join(values.values())})"


def follow(new: Path, old: Path) -> None:
    """Give a project the history of another."""
    shutil.rmtree(new / "migrations/versions")
    shutil.copytree(old / "migrations/versions", new / "migrations/versions")


def revise(python: Path, project: Path, environ: Mapping[str, str]) -> str:
    """Have a migration made, as the hook does, and return its path."""
    work = project.parent / "work"
    work.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        return migration.make(project, Environment(python.parents[1], "shared", ""), work)


def play(
    project: Path, python: Path, environ: Mapping[str, str], scenarios: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Return what becomes of the rows of each scenario."""
    done = subprocess.run(
        [python, "-W", "error", ROWS],
        cwd=project,
        env=clean_environ(**environ),
        input=json.dumps(scenarios),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
