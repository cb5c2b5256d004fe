"""The default suite goes red for each fault: coverage alone would not tell."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults import library
from tests.faults.catalogue import FAULTS, Fault, unguarded_views
from tests.support.rendering import render, take_snapshot
from tests.support.suite import run_suite, say

if TYPE_CHECKING:
    from tests.conftest import Render

AS_WRITTEN = ("-x", "-p", "no:randomly", "--no-cov")


@cache
def faults() -> list[Fault]:
    """List the faults by hand, and one for each view that asks for a login."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        project = render(snapshot, Path(folder) / "project", {})
        return [*FAULTS, *unguarded_views(project)]


def test_views_that_ask_for_a_login_are_found() -> None:
    """An empty list would prove nothing."""
    assert len(faults()) >= len(FAULTS) + 5


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_suite_notices(
    fault: Fault, render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """Tests ran, and at least one of them fails."""
    notice(fault, render_project({}), python, request)


@pytest.mark.parametrize("fault", library.FAULTS, ids=str)
def test_suite_of_any_resources_notices(
    fault: Fault, render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """The tests that come with a resource see what a resource can lose."""
    notice(fault, render_project({"resources": library.RESOURCES}), python, request)


def notice(fault: Fault, project: Path, python: Path, request: pytest.FixtureRequest) -> None:
    """Put a fault into a project and see its suite fail."""
    fault.put_into(project)
    result = run_suite(python, project, *AS_WRITTEN)
    assert result.status == 1, f"{fault}: {result.tests} tests stay green\n{result.output}"
    failed = [line for line in result.output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    say(request, f"{fault}: {failed[0].partition(' - ')[0] if failed else result.output[-200:]}")
