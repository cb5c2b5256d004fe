"""A suite in shards: all of them together are the whole suite, and whatever is lost shows."""

from __future__ import annotations

import os
import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.answers import ANSWERS
from tests.support.machine import lacks
from tests.support.rendering import render
from tests.support.suite import database_url
from tests.support.tools import run
from tests.workflow.github import RUN, Done, commit
from tests.workflow.projects import PROJECTS, lock
from tests.workflow.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Render

SHARDS = {"ci": "github-shards"}
SMALL = ANSWERS["api-none"]
CHECK, COMBINE = "Check that each test ran once", "Put the coverage together"
SEED = os.environ.get("EVERGREEN_SEED", "0")
SAMPLED = random.Random(f"{SEED} shards").choice([*PROJECTS])
DATABASES = [
    pytest.param(name, marks=() if name == SAMPLED else pytest.mark.exhaustive) for name in PROJECTS
]
# No shard alone takes both ways, and of four shards one has no test.
PARITY = """
def parity(number):
    if number % 2:
        return "odd"
    return "even"
"""
PARITY_TESTS = """
import pytest

from app.parity import parity


@pytest.mark.parametrize(("number", "name"), [(1, "odd"), (2, "even"), (3, "odd")])
def test_parity(number, name):
    assert parity(number) == name
"""
UNTESTED = """

def half(number):
    return number // 2
"""


@pytest.mark.parametrize("database", DATABASES)
def test_shards_are_the_whole_suite(
    database: str, render_project: Render, python: Path, tmp_path: Path
) -> None:
    """Each test runs once, in one random order, and together they cover every branch."""
    answers = {**PROJECTS[database], **SMALL, **SHARDS}
    project = ready(render_project(answers), tmp_path / "trial")
    listed = run(python, project, "pytest", "--collect-only", "-q", "--no-cov").stdout
    collected = [line for line in listed.splitlines() if "::" in line]
    whole = Run(project, tmp_path / "run")

    shards = whole.shards(database_url=database_url(database))
    assert all(f"Using --randomly-seed={RUN}\n" in done.output for done in shards)
    assert sorted(whole.ran()) == sorted(collected)
    assert sum(map(passed, shards)) == len(collected) > 50
    assert max(map(passed, shards)) - min(map(passed, shards)) <= 1

    assert_success(whole.coverage())
    report = (whole.kept / f"coverage-{whole.python}" / "coverage.xml").read_text("utf-8")
    assert 'line-rate="1" ' in report
    assert 'branch-rate="1" ' in report
    assert whole.verdict() == "success"


def passed(done: Done) -> int:
    """Read how many tests of a shard passed."""
    return int(re.findall(r"(\d+) passed", done.output)[-1])


def ready(project: Path, trial: Path) -> Path:
    """Lock and commit a project, as its owner does."""
    if not shutil.which("jq"):
        lacks("jq, which GitHub's machines have")
    lock(project, trial)
    commit(project)
    return project


def assert_success(done: Done) -> None:
    """Show what a job said where it did not succeed."""
    assert done.result == "success", done.output


@pytest.fixture(scope="module")
def small(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of one module and three tests, in which nothing else is measured."""
    folder = tmp_path_factory.mktemp("small")
    project = render(snapshot, folder / "project", SMALL | SHARDS)
    for name in ("unit", "integration", "e2e"):
        shutil.rmtree(project / "tests" / name)
    (project / "tests" / "unit").mkdir()
    (project / "tests" / "unit" / "test_parity.py").write_text(PARITY_TESTS, "utf-8")
    (project / "app" / "parity.py").write_text(PARITY, "utf-8")
    # Durations that the owner has once kept, of a test that is there no more.
    (project / ".test_durations").write_text('{"tests/unit/test_gone.py::test_gone": 1.0}', "utf-8")
    settings = project / "pyproject.toml"
    text = settings.read_text("utf-8")
    assert text.count('source = ["app"]') == 1
    settings.write_text(text.replace('source = ["app"]', 'include = ["app/parity.py"]'), "utf-8")
    return ready(project, folder / "trial")


@pytest.fixture(scope="module")
def green(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a run of which the shards are done, and were green."""
    green = Run(small, tmp_path_factory.mktemp("green") / "run")
    for done in green.shards():
        assert_success(done)
    return green


def test_a_shard_without_tests(green: Run, tmp_path: Path) -> None:
    """It succeeds, and what only the others cover together is covered."""
    assert sorted(len(file.read_text("utf-8").splitlines()) for file in green.lists())[:2] == [1, 3]
    assert len(green.ran()) == 3
    made = green.again(tmp_path / "run")
    assert_success(made.coverage())
    assert made.verdict() == "success"


def a_shard_is_lost(made: Run) -> None:
    """One of the machines has handed in nothing."""
    shutil.rmtree(one_with_a_test(made).parent)


def a_test_is_lost(made: Run) -> None:
    """No shard has a test in its list."""
    one_with_a_test(made).write_text("{}", "utf-8")


def a_test_ran_twice(made: Run) -> None:
    """Two shards have a test in their lists."""
    first, *_, empty = sorted(made.lists(), key=lambda file: -len(file.read_text("utf-8")))
    shutil.copy(first, empty)


def no_shard_is_left(made: Run) -> None:
    """No machine has handed in anything."""
    shutil.rmtree(made.kept)


def one_with_a_test(made: Run) -> Path:
    """Return the list of a shard that has a test."""
    return next(file for file in made.lists() if file.read_text("utf-8") != "{}")


@pytest.mark.parametrize(
    "change", [a_shard_is_lost, a_test_is_lost, a_test_ran_twice, no_shard_is_left]
)
def test_what_is_lost_shows(change: Callable[[Run], None], green: Run, tmp_path: Path) -> None:
    """Although no test failed, the run does."""
    made = green.again(tmp_path / "run")
    change(made)
    done = made.coverage()
    assert (done.steps[CHECK], done.steps[COMBINE]) == ("failure", "skipped"), done.output
    assert made.verdict() == "failure"


def edited(small: Path, folder: Path, name: str, text: str) -> Path:
    """Return a copy of the project to which its owner has committed something."""
    project = shutil.copytree(small, folder / "project")
    with (project / name).open("a", encoding="utf-8") as file:
        file.write(text)
    commit(project)
    return project


def test_a_branch_that_no_shard_takes(small: Path, tmp_path: Path) -> None:
    """Every shard is green; what they covered together is not enough."""
    made = Run(edited(small, tmp_path, "app/parity.py", UNTESTED), tmp_path / "run")
    assert [done.result for done in made.shards(2)] == ["success"] * 2
    done = made.coverage()
    assert (done.steps[CHECK], done.steps[COMBINE]) == ("success", "failure"), done.output
    assert (made.kept / f"coverage-{made.python}" / "htmlcov" / "index.html").exists()
    assert made.verdict() == "failure"


@pytest.mark.parametrize(
    "body",
    ["assert False", "__import__('os')._exit(0)"],
    ids=["a test fails", "a test ends the process as if all were well"],
)
def test_a_red_shard(body: str, small: Path, tmp_path: Path) -> None:
    """It fails the run, and nothing is put together."""
    text = f"def test_red():\n    {body}\n"
    made = Run(edited(small, tmp_path, "tests/unit/test_red.py", text), tmp_path / "run")
    (done,) = made.shards(1)
    assert done.steps["Run a shard of the suite"] == "failure", done.output
    assert made.verdict() == "failure"


def test_a_machine_too_many(green: Run, tmp_path: Path) -> None:
    """A shard that there is not fails; a machine too few is a shard that is lost."""
    leg = {"python": green.python, "shard": "5", "of": "4"}
    done = Run(green.project, tmp_path / "run").job("test", leg).run()
    assert done.result == "failure"
    assert "--group" in done.output
