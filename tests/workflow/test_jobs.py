"""The jobs of the workflow succeed, step by step, in a clean clone of a new project."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import sampled
from tests.support.environments import locked
from tests.support.machine import pythons, server_url
from tests.support.paths import CACHE
from tests.workflow.github import Done, Job, commit, legs, read
from tests.workflow.projects import PROJECTS, lock, lock_as_it_is

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
# On one version all projects, on the others the first.
TESTS = [("sqlite", version) for version in VERSIONS] + [("postgresql", ""), ("mysql", "")]
DRAWN = sampled("jobs").sample(TESTS, 2)


@pytest.fixture
def project(request: pytest.FixtureRequest, render_project: Render, tmp_path: Path) -> Path:
    """Return a project, made as its owner makes it: rendered, locked, committed."""
    made = render_project(PROJECTS[request.param])
    lock(made, tmp_path / "trial")
    commit(made)
    return made


def assert_done(done: Done, *, skipped: tuple[str, ...] = ()) -> None:
    """Check that all steps were done, but those that had no reason to be."""
    left = tuple(name for name, result in done.steps.items() if result == "skipped")
    assert (done.result, left) == ("success", skipped), done.output


@pytest.mark.parametrize("project", PROJECTS, indirect=True)
def test_lint(project: Path, tmp_path: Path) -> None:
    """The lock fits; linter, formatter and type checker are content."""
    assert_done(Job(project, tmp_path / "lint", "lint").run())


@pytest.mark.parametrize(
    ("project", "version"),
    [
        case if case in DRAWN else pytest.param(*case, marks=pytest.mark.exhaustive)
        for case in TESTS
    ],
    indirect=["project"],
)
def test_suite(
    project: Path, version: str, tmp_path: Path, worker: str, request: pytest.FixtureRequest
) -> None:
    """The suite is green on the service's database, and its coverage is kept."""
    database = request.node.callspec.params["project"]
    found = [leg for leg in legs(read(project)["jobs"]["test"]) if leg["python"] in pythons()]
    matrix = {"python": version} if version else found[0]
    if matrix not in found:
        pytest.skip(f"no Python {version} was found here")
    job = Job(project, tmp_path / "test", "test", matrix=matrix)
    services = {} if database == "sqlite" else {"TEST_DATABASE_URL": service(database, worker)}
    done = job.run(**services)
    assert_done(done)
    kept = f"coverage-{matrix['python']}"
    assert job.artifacts.names() == [kept]
    assert job.artifacts.content(kept) == ["coverage.xml", "htmlcov"]


def service(database: str, worker: str) -> str:
    """Return the address of a database on this machine's server, in place of the service's."""
    return f"{server_url(database)}/workflow_test_{os.getpid()}_{worker}"


def test_without_a_lock(render_project: Render, tmp_path: Path) -> None:
    """A project that was made with pip has none: the environment is made all the same."""
    made = render_project({})
    commit(made)
    job = Job(made, tmp_path / "lint", "lint")
    steps = job.document["steps"]
    names = [step.get("name") for step in steps]
    job.document["steps"] = steps[: names.index("Make the environment") + 1]
    assert_done(job.run(), skipped=("Check the lock",))


def test_with_a_lock_that_does_not_fit(render_project: Render, tmp_path: Path) -> None:
    """It is not mended in silence: the job fails, and nothing after it is done."""
    made = render_project({})
    lock_as_it_is(made)
    path = made / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"ruff>=', '"isort",\n    "ruff>='), encoding="utf-8")
    commit(made)
    done = Job(made, tmp_path / "lint", "lint").run()
    assert (done.result, done.steps["Check the lock"]) == ("failure", "failure")
    assert done.steps["Make the environment"] == "skipped"


@pytest.mark.parametrize("project", PROJECTS, indirect=True)
def test_image(project: Path, tmp_path: Path) -> None:
    """The image builds, and everything in compose.yaml comes up and is ready."""
    if not engine_runs():
        pytest.skip("no container engine runs here: the job `image` was not done")
    with locked(CACHE / "port-8000.lock"):
        job = Job(project, tmp_path / "image", "image")
        try:
            done = job.run()
        finally:
            subprocess.run(
                ["docker", "compose", "down", "--volumes"], cwd=job.done.folder, check=False
            )
    assert_done(done, skipped=("Show what went wrong",))


def engine_runs() -> bool:
    """Say whether a container engine answers."""
    engine = shutil.which("docker")
    if engine is None:
        return False
    return subprocess.run([engine, "info"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        (("success", "success", "success"), "success"),
        (("success", "failure", "success"), "failure"),
        (("success", "success", "cancelled"), "failure"),
        (("skipped", "success", "success"), "failure"),
    ],
)
def test_verdict(
    results: tuple[str, ...], verdict: str, render_project: Render, tmp_path: Path
) -> None:
    """One job says whether every other succeeded, even if some never ran."""
    made = render_project({})
    names = read(made)["jobs"]["ci"]["needs"]
    needs = {name: {"result": result} for name, result in zip(names, results, strict=True)}
    done = Job(made, tmp_path / "ci", "ci", needs=needs).run()
    assert done.result == verdict
