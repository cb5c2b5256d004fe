"""A project for each database, for the tests that need each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.workflow.projects import PROJECTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render


@pytest.fixture(params=PROJECTS)
def database(request: pytest.FixtureRequest) -> str:
    """Return the database of the project."""
    found: str = request.param
    return found


@pytest.fixture
def project(database: str, render_project: Render) -> Path:
    """Return a project with containers."""
    return render_project(PROJECTS[database])
