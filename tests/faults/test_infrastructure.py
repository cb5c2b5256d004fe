"""A fault of a suite itself is named: by the suite, or by one of the runs of tests/isolation."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from tests.faults.answers import ANSWERS
from tests.faults.bad_tests import GATE, SEEN_AT_ONCE
from tests.faults.core_faults import APP, DATABASE, FIXTURES
from tests.faults.guards import GUARDS
from tests.faults.infrastructure import NEW_TEST, SuiteFault
from tests.faults.leaky_tests import LEAKY, NOT_NOTICED
from tests.faults.other_runs import SEEN_IN_OTHER_RUNS
from tests.isolation.shells import SETTINGS, in_folder
from tests.support.outcomes import Run, Suite, alone, collected
from tests.support.suite import database_url, run_suite, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Render

USUAL = ("-p", "no:randomly")
REFUSED = 4
LIST = "the list of tests"
SMALL = ANSWERS["api-none"]
LATE = "2031-12-31T23:59:58+00:00"
SOME = "tests/integration/posts"
PROBES = {fault.name: fault for fault in (*SEEN_AT_ONCE, *LEAKY)}


@pytest.fixture
def suite(request: pytest.FixtureRequest, render_project: Render, python: Path) -> Suite:
    """Return the suite of a project of this test's own: a small one where all of it must run."""
    fault: SuiteFault = request.getfixturevalue("fault")
    answers = {"database": fault.database, **(SMALL if runs_whole(fault) else {})}
    return Suite(python, render_project(answers), fault.database, {})


def runs_whole(fault: SuiteFault) -> bool:
    """Tell whether a fault is seen, or a guard missed, by a run to the end alone."""
    probe = PROBES.get(fault.noticed_by, fault)
    return probe.noticed_by in {GATE, LIST}


@pytest.mark.quick
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_each_fault_applies(database: str, render_project: Render) -> None:
    """What it changes stands there, once: the code has not gone on without it."""
    project = render_project({"database": database})
    for fault in chain(SEEN_AT_ONCE, LEAKY, APP, DATABASE, FIXTURES, SEEN_IN_OTHER_RUNS, GUARDS):
        if fault.database == database:
            assert fault.test or fault.changed(project), fault


@pytest.mark.parametrize("fault", [*SEEN_AT_ONCE, *LEAKY], ids=str)
def test_suite_refuses(fault: SuiteFault, suite: Suite, request: pytest.FixtureRequest) -> None:
    """Nobody has to look for it: the suite is red."""
    fault.put_into(suite.project)
    result = ordinary(suite, fault)
    assert result.status == 1, f"{fault}: the suite stays green\n{result.output}"
    say(request, f"{fault}: {what(result)}")


@pytest.mark.parametrize("fault", NOT_NOTICED, ids=str)
def test_what_nobody_notices_is_listed(fault: SuiteFault, suite: Suite) -> None:
    """The list stays true: one that is noticed leaves it."""
    fault.put_into(suite.project)
    result = suite.run(*USUAL, NEW_TEST)
    assert result.status == 0, f"{fault} is noticed\n{result.output}"


@pytest.mark.parametrize("fault", [*APP, *DATABASE, *FIXTURES], ids=str)
def test_somebody_notices(
    fault: SuiteFault, suite: Suite, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The suite itself, or the run that the fault names."""
    fault.put_into(suite.project)
    result = RUNS[fault.noticed_by](suite, tmp_path)
    assert result.status != REFUSALS.get(fault.noticed_by, 0), (
        f"{fault}: nobody notices\n{result.output}"
    )
    say(request, f"{fault}: {what(result)}")


@pytest.mark.parametrize("fault", SEEN_IN_OTHER_RUNS, ids=str)
def test_another_run_notices(
    fault: SuiteFault, suite: Suite, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The usual run is green; the one that the fault names is not."""
    fault.put_into(suite.project)
    usual = suite.run(*USUAL, NEW_TEST)
    assert usual.status == 0, usual.output
    result = RUNS[fault.noticed_by](replace(suite, expected=usual.tests), tmp_path)
    assert result.status != 0, f"{fault}: nobody notices\n{result.output}"
    say(request, f"{fault}: {what(result)}")


@pytest.mark.parametrize("fault", GUARDS, ids=str)
def test_a_guard_is_missed(fault: SuiteFault, suite: Suite, tmp_path: Path) -> None:
    """Without it, the suite takes what it refused; or another run tells."""
    whole = collected(suite.python, suite.project) if fault.noticed_by == LIST else {}
    fault.put_into(suite.project)
    if fault.noticed_by in PROBES:
        probe = PROBES[fault.noticed_by]
        probe.put_into(suite.project)
        result = ordinary(suite, probe) if runs_whole(fault) else suite.run(*USUAL, NEW_TEST)
        assert result.status == 0, result.output
    elif fault.noticed_by == LIST:
        assert suite.run().complaints(whole)
    else:
        result = RUNS[fault.noticed_by](suite, tmp_path)
        assert result.status != 0, result.output


def ordinary(suite: Suite, fault: SuiteFault) -> Run:
    """Run a suite as its owner does; the new test alone would do for some, and take less time."""
    if fault.noticed_by == GATE:
        done = run_suite(suite.python, suite.project)
        return Run("pytest", done.status, done.output, {})
    return suite.run(*USUAL, "-x")


def what(result: Run) -> str:
    """Return the line that names it."""
    lines = [line for line in result.output.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return (lines or result.output.splitlines() or ["silence"])[0 if lines else -1][:160]


def at_once(suite: Suite, _folder: Path) -> Run:
    """Run it twice at once with one address; return the one that went worse."""
    url = database_url(suite.database)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(suite.run, SOME, TEST_DATABASE_URL=url) for _ in range(2)]
    return max((each.result() for each in runs), key=lambda run: run.status)


def no_server(suite: Suite, _folder: Path) -> Run:
    """Run it where no server is."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://u@127.0.0.1:{taken.getsockname()[1]}/app_test"
        return suite.run(SOME, TEST_DATABASE_URL=url)


def another_shell(suite: Suite, folder: Path) -> Run:
    """Run it in a shell full of settings: its new test, or all where there is none."""
    new = [NEW_TEST] if (suite.project / NEW_TEST).exists() else []
    return suite.run("-x", *new, **in_folder(SETTINGS, folder))


def each_alone(suite: Suite, _folder: Path) -> Run:
    """Run each of the new tests alone."""
    result = alone(suite, [*suite.expected])
    return replace(result, status=[*result.tests.values()] != ["passed"] * len(result.tests))


RUNS: dict[str, Callable[[Suite, Path], Run]] = {
    "the suite": lambda suite, _: suite.run(*USUAL, "-x"),
    "each test alone": each_alone,
    "each test twice": lambda suite, _: suite.run("-p", "twice", "-p", "mixed", NEW_TEST),
    "two workers": lambda suite, _: suite.run("-n", "2", "-x", "tests/e2e", SOME),
    "another run at once": at_once,
    "another order": lambda suite, _: suite.run("--randomly-seed=1", SOME),
    "another date": lambda suite, _: suite.run("-p", "travel", NEW_TEST, EVERGREEN_MOMENT=LATE),
    "another shell": another_shell,
    "a database of somebody": lambda suite, folder: suite.run(
        SOME, TEST_DATABASE_URL=f"sqlite:///{folder}/shop.db"
    ),
    "no server": no_server,
}
# These are right when they refuse.
REFUSALS = {"a database of somebody": REFUSED, "no server": REFUSED}
