"""What keeps the domain free of HTTP."""

from __future__ import annotations

import ast
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
    for node in ast.walk(ast.parse(path.read_text())):
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
