"""The Python of every interface, auth and database passes the type checker."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.checks import assert_none
from tests.support.combinations import parameters, suites
from tests.support.rendering import render
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


def synchronise(source: Path, target: Path) -> None:
    """Make a folder equal to another, touching only the files that differ."""
    kept = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for path in [*target.rglob("*")]:
        if path.is_file() and path.relative_to(target) not in kept:
            path.unlink()
    for name in kept:
        ours, theirs = source / name, target / name
        if not theirs.exists() or theirs.read_bytes() != ours.read_bytes():
            theirs.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ours, theirs)
