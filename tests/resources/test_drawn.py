"""Projects about anything that can be answered are as clean and as green as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import some_of
from tests.support.checks import assert_none, complaints
from tests.support.drawn import SEED, command, draw_one, drawn
from tests.support.rendering import render, synchronise
from tests.support.suite import database_url, run_suite, say
from tests.support.tools import lint_complaints, type_complaints

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Render

BATCHES, SIZE = 10, 10
DATABASES = ("sqlite", "postgresql", "mysql")
SUITES = 2  # of the databases; the others are left to the exhaustive run
SMALLEST_TESTS = 50
# Each type as small and as large as it can be, and as unique.
LIMITS = (
    "{thing: {name: str(1), big: str(1000)?, code: str(2)!, body: text, rest: text?, n: int,"
    " m: int(-5..5)=0, u: int!, v: int(1..100)!, f: float, g: float(0..1),"
    " h: float(-1.5..999999999)?, d: 'decimal(1,0)', e: 'decimal(18,10)?', i: 'decimal(5,5)',"
    " j: 'decimal(3,0)!', day: date, start: date!, at: datetime, seen: datetime?, mail: email,"
    " reply: email!, link: url, site: url!, kind: choice(a|b_c), state: choice(x|y)=y, b: bool},"
    " part: {thing: ref(thing)?, size: float}}"
)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the one folder in which projects take turns, so that mypy knows their modules."""
    return tmp_path_factory.mktemp("drawn") / "project"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_drawn_projects_are_clean(
    batch: int, snapshot: Path, tmp_path: Path, stage: Path, python: Path, worker: str
) -> None:
    """Each file parses, is formatted, lint-free and typed."""
    listed = sorted(drawn(SIZE, f"batch {batch}"), key=str)
    projects = {
        render(snapshot, tmp_path / str(number), answers.data): answers
        for number, answers in enumerate(listed)
    }
    suspects = projects if [*lint_complaints(python, tmp_path)] else {}
    assert_none(
        f"copier copy {command(answers)}\n{complaint}"
        for project, answers in projects.items()
        for complaint in [
            *complaints(project),
            *(lint_complaints(python, project) if project in suspects else ()),
            *types(project, stage, python, worker),
        ]
    )


def types(project: Path, stage: Path, python: Path, worker: str) -> Iterator[str]:
    """Check the types of a project in the place of the one before."""
    synchronise(project, stage)
    return type_complaints(python, stage, worker)


def test_types_at_their_limits(
    render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """What no draw comes to in many years is green, too."""
    project = render_project({"auth": "none", "resources": LIMITS})
    result = run_suite(python, project)
    say(request, f"types at their limits: {result.summary()}")
    result.assert_green(SMALLEST_TESTS)


@pytest.mark.parametrize("database", some_of(DATABASES, SUITES))
def test_drawn_suite(
    database: str, render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """A project about anything is green on its real database, every branch covered."""
    answers = draw_one(f"{SEED} suite 0 {database}").also(database=database)
    url = database_url(database)
    result = run_suite(python, render_project(answers.data), database_url=url)
    say(request, f"drawn, {database}: {result.summary()}")
    assert result.status == 0, f"copier copy {command(answers)}\n{result.output[-3000:]}"
    result.assert_green(SMALLEST_TESTS)
