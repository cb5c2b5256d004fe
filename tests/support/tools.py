"""A generated project's own tools, run on it."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.paths import CACHE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DROPPED = ("VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS", "TEST_DATABASE_URL")


def clean_environ(**more: str) -> dict[str, str]:
    """Return the environment of a user, without what this run of the tests put there."""
    ours = ("PYTEST_", "EVERGREEN_", "COV_", "COVERAGE_", "MAKE", "MFLAGS", "CALLER")
    kept = {k: v for k, v in os.environ.items() if k not in DROPPED and not k.startswith(ours)}
    return {**kept, "NO_COLOR": "1", **more}


def run(
    python: Path, project: Path, *command: str, **environ: str
) -> subprocess.CompletedProcess[str]:
    """Run a tool of the shared environment in a project."""
    return subprocess.run(
        [python, "-m", *command],
        cwd=project,
        env=clean_environ(**environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def lint_complaints(python: Path, project: Path) -> Iterator[str]:
    """Run the linter and the formatter with the project's own configuration."""
    for command in (("check", "--output-format=concise"), ("format", "--check", "--diff")):
        result = run(python, project, "ruff", command[0], "--no-cache", *command[1:])
        if result.returncode:
            yield f"ruff {command[0]}:\n{result.stdout}{result.stderr}"


def type_complaints(python: Path, project: Path, worker: str) -> Iterator[str]:
    """Run mypy with the project's own configuration; what libraries cost is paid once."""
    cache = CACHE / "mypy" / f"{python.parents[1].name}-{worker}"
    result = run(python, project, "mypy", f"--cache-dir={cache}", "--no-color-output")
    if result.returncode:
        yield f"mypy:\n{result.stdout}{result.stderr}"


def foreign_imports(project: Path, folder: str) -> set[str]:
    """Name the packages that a folder's modules import from elsewhere."""
    names = {
        name.partition(".")[0]
        for path in project.glob(f"{folder}/**/*.py")
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
    }
    return names - {"app", "tests"} - set(sys.stdlib_module_names)


def imported(tree: ast.AST) -> Iterator[str]:
    """Name what a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def python_hash(project: Path) -> str:
    """Return a short text that changes with any Python file of a project."""
    digest = hashlib.sha256()
    for path in sorted(project.rglob("*.py")):
        digest.update(path.relative_to(project).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
