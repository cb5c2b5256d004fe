"""Answers changed later: which, and what a project of them is, file by file."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import copier
from copier._jinja_ext import SandboxedEnvironment
from copier.errors import TaskError

from tests.hooks.machine import commit, sh
from tests.support.combinations import Combination, choices
from tests.support.combinations import combinations as answered
from tests.support.rendering import compile_once

if TYPE_CHECKING:
    from pathlib import Path

# What an update adds to or keeps, and Copier's own notes.
OWN = (".git/", "migrations/versions/", ".copier-answers.yml")
OTHERS = ("database", "containers", "ci", "python")

Pair = tuple[Combination, Combination]


def changes() -> list[Pair]:
    """List any two interfaces with their logins, and any two values of each other question."""
    shapes = [shape for shape, refusal in answered(("interface", "auth")) if not refusal]
    found = [*combinations(shapes, 2)]
    for question in OTHERS:
        values = [Combination(((question, value),)) for value, _ in choices(question)]
        found += combinations(values, 2)
    return found


def name_of(pair: Pair) -> str:
    """Name a pair by its answers."""
    return "~".join(map(str, pair))


def make(template: Path, project: Path, answers: Combination) -> None:
    """Make and commit a project."""
    with patch.object(SandboxedEnvironment, "compile", compile_once):
        copier.run_copy(
            str(template),
            project,
            data=answers.data,
            defaults=True,
            unsafe=True,
            skip_tasks=True,
            quiet=True,
        )
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")


def update(project: Path, answers: Combination) -> list[str]:
    """Give other answers, commit what came, and return what git calls unmerged."""
    failed: TaskError | None = None
    with patch.object(SandboxedEnvironment, "compile", compile_once):
        try:
            copier.run_update(
                project,
                data=answers.data,
                defaults=True,
                overwrite=True,
                unsafe=True,
                skip_tasks=True,
                quiet=True,
                vcs_ref=copier.VcsRef.CURRENT,
            )
        except TaskError as error:
            failed = error
    unmerged = sh("git", "diff", "--name-only", "--diff-filter=U", cwd=project).split()
    if failed and not unmerged:
        raise failed
    commit(project, "other answers")
    return unmerged


def content(project: Path) -> dict[str, Any]:
    """Map each file of a project to what is in it, and each folder to nothing."""
    found = {}
    for path in project.rglob("*"):
        name = path.relative_to(project).as_posix()
        if not f"{name}/".startswith(OWN) and name not in OWN and "__pycache__" not in name:
            found[name] = path.read_text(encoding="utf-8") if path.is_file() else None
    return found
