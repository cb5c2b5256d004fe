"""The Python of every interface, auth and database passes the type checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.checks import assert_none
from tests.support.combinations import parameters, suites
from tests.support.rendering import render, synchronise
from tests.support.tools import type_complaints

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.combinations import Combination


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the one folder in which projects take turns, so that mypy knows their modules."""
    return tmp_path_factory.mktemp("types") / "project"


@pytest.mark.parametrize("suite", parameters(suites()))
def test_types(
    suite: Combination,
    snapshot: Path,
    tmp_path: Path,
    stage: Path,
    python: Path,
    worker: str,
) -> None:
    """`mypy` as the project configures it finds nothing."""
    project = render(snapshot, tmp_path / "project", suite.data)
    synchronise(project, stage)
    assert_none(type_complaints(python, stage, worker))
