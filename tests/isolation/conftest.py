"""What the tests of isolation share: projects that are rendered once for all workers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import DEFAULT, name_of
from tests.support.environments import locked
from tests.support.outcomes import Suite, collected
from tests.support.rendering import render

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def suite(request: pytest.FixtureRequest, shared: Path, snapshot: Path, python: Path) -> Suite:
    """Return the suite of some answers, by default of none; nobody changes its project."""
    answers = getattr(request, "param", DEFAULT)
    project, listing = shared / name_of(answers), shared / f"{name_of(answers)}.json"
    with locked(shared / f"{name_of(answers)}.lock"):
        if not listing.exists():
            render(snapshot, project, answers.data)
            listing.write_text(json.dumps(collected(python, project)), encoding="utf-8")
    expected = json.loads(listing.read_text(encoding="utf-8"))
    return Suite(python, project, answers["database"], expected)
