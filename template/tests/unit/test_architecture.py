"""What the app may import: the domain nothing of HTTP, and nobody what is not declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
DOMAIN = {
    "codes",
    "credentials",
    "logins",
    "models",
    "pagination",
    "passwords",
    "schemas",
    "service",
}
MODULES = [path for path in sorted(APP.rglob("*.py")) if path.stem in DOMAIN]


def imports_of(path: Path) -> set[str]:
    """Return the packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return {name.partition(".")[0] for name in found}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(APP)))
def test_the_domain_does_not_know_flask(path: Path) -> None:
    assert not {name for name in imports_of(path) if name.startswith(("flask", "werkzeug"))}


def test_there_is_a_domain() -> None:
    assert {path.stem for path in MODULES} >= {"models", "service", "pagination"}


def test_what_is_imported_is_declared() -> None:
    """A tool of development, or what a library happens to need, is not there in production."""
    told = (APP.parent / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(told)["project"]
    declared = {re.split(r"[^\w.-]", name)[0].lower() for name in project["dependencies"]}
    imported = {name for path in APP.rglob("*.py") for name in imports_of(path)}
    # These two come with Flask, which is made of them.
    others = imported - sys.stdlib_module_names - {"app", "click", "werkzeug"}
    found = packages_distributions()

    assert others
    assert [name for name in others if not {*map(str.lower, found[name])} & declared] == []
