"""Every interface, auth and database: the generated suite is green on its real database."""

from __future__ import annotations

import os
import random
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.support.combinations import choices, covering, parameters, suites
from tests.support.environments import environment
from tests.support.machine import database_program, does_without, pythons
from tests.support.suite import database_url, run_suite, say
from tests.support.texts import LOOKED_FOR

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.conftest import Render
    from tests.support.combinations import Combination
    from tests.support.suite import Result

SEED = int(os.environ.get("EVERGREEN_SEED", "0"))
OWN = f"{sys.version_info[0]}.{sys.version_info[1]}"
OTHERS = [version for version, _ in choices("python") if version != OWN]
DEFAULT_TESTS, SMALLEST_TESTS = 150, 50


def at_least(suite: Combination) -> int:
    """Return how many tests a suite must have."""
    default = suite["interface"] == "both" and suite["auth"] == "both"
    return DEFAULT_TESTS if default else SMALLEST_TESTS


def own_server(database: str) -> Combination:
    """Sample a small combination for a database whose server the suite starts itself."""
    wanted = {"database": database, "auth": "none"}
    offered = [suite for suite in suites() if wanted.items() <= suite.data.items()]
    return random.Random(f"{SEED} {database}").choice(offered)


def run_on(version: str, suite: Combination, render_project: Render) -> Result:
    """Run a suite under another Python, which its project asks for."""
    if version not in pythons():
        does_without(f"Python {version}")
    project = render_project({**suite.data, "python": version})
    url = database_url(suite["database"])
    return run_suite(environment(version, pythons()[version]), project, database_url=url)


def sampled() -> list[ParameterSet]:
    """Name the suites that cover all pairs of answers; the others are for the exhaustive run."""
    drawn = covering(SEED)
    others = [suite for suite in suites() if suite not in drawn]
    rare = [pytest.param(suite, id=str(suite), marks=pytest.mark.exhaustive) for suite in others]
    return [*parameters(drawn), *rare]


def test_any_two_answers_meet() -> None:
    """Fewer suites than all, and no pair of answers without one."""
    pairs = [{*combinations(suite.answers, 2)} for suite in covering(SEED)]
    assert set().union(*pairs) == set().union(
        *({*combinations(suite.answers, 2)} for suite in suites())
    )
    assert len(pairs) < len(suites())


@pytest.mark.parametrize("suite", sampled())
def test_suite(
    suite: Combination, render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """All tests pass, none is left out, every branch is covered, whatever the app is called."""
    url = database_url(suite["database"])
    names = {"project_name": LOOKED_FOR, "description": LOOKED_FOR}
    result = run_suite(python, render_project({**suite.data, **names}), database_url=url)
    say(request, f"{suite}: {result.summary()}")
    result.assert_green(at_least(suite))


@pytest.mark.parametrize("suite", [own_server("postgresql"), own_server("mysql")], ids=str)
def test_suite_with_its_own_server(
    suite: Combination, render_project: Render, python: Path, request: pytest.FixtureRequest
) -> None:
    """With no address given it starts a server: PostgreSQL's wheel, or MariaDB's program."""
    if suite["database"] == "mysql":
        database_program()
    result = run_suite(python, render_project(suite.data))
    say(request, f"{suite}, its own server: {result.summary()}")
    result.assert_green(at_least(suite))


@pytest.mark.parametrize(
    ("version", "suite"),
    [(version, random.Random(f"{SEED} {version}").choice(suites())) for version in OTHERS],
    ids=str,
)
def test_suite_on_another_python(
    version: str, suite: Combination, render_project: Render, request: pytest.FixtureRequest
) -> None:
    """Each other Python of this machine runs one suite, another one each time."""
    result = run_on(version, suite, render_project)
    say(request, f"{suite}, Python {version}: {result.summary()}")
    result.assert_green(at_least(suite))


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", OTHERS)
@pytest.mark.parametrize("suite", suites(), ids=str)
def test_every_suite_on_every_python(
    version: str, suite: Combination, render_project: Render
) -> None:
    """What the test above samples, in full."""
    run_on(version, suite, render_project).assert_green(at_least(suite))
