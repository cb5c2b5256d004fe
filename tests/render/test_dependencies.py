"""What a project imports is what it declares, although the tests' environment has more."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.combinations import suites
from tests.support.environments import requirements, runtime_requirements
from tests.support.tools import foreign_imports

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render
    from tests.support.combinations import Combination

# Flask's own parts, which it documents as such.
PARTS = {"flask": {"blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"}}
LIST = """
import json, importlib.metadata
print(json.dumps(importlib.metadata.packages_distributions()))
"""


@pytest.fixture(scope="session")
def providers(python: Path) -> dict[str, list[str]]:
    """Map each importable package to the distributions that bring it."""
    answer = subprocess.run([python, "-c", LIST], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("suite", suites(), ids=str)
def test_imports_are_declared(
    suite: Combination, render_project: Render, providers: dict[str, list[str]]
) -> None:
    """The app imports its dependencies only; its tests those of the dev group too."""
    project = render_project(suite.data)
    for folder, declared in (
        ("app", runtime_requirements(project)),
        ("migrations", runtime_requirements(project)),
        ("tests", requirements(project)),
    ):
        names: set[str] = {canonicalize_name(Requirement(text).name) for text in declared}
        names |= {part for name in names for part in PARTS.get(name, ())}
        undeclared = {
            module
            for module in foreign_imports(project, folder)
            if not names & {canonicalize_name(name) for name in providers.get(module, [])}
        }
        assert undeclared == set(), f"{folder} imports what no dependency provides"
