"""Every workflow keeps the rules of security.md, whatever the answers."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.isolation.projects import some_of
from tests.support.combinations import asked, matrix
from tests.support.environments import locked
from tests.support.rendering import render
from tests.workflow.distinct import distinct, only
from tests.workflow.github import legs, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.combinations import Combination

PINNED = re.compile(r"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
WITH_CI = [combination for combination in matrix() if combination["ci"] != "none"]
DATABASES = {"sqlite": None, "postgresql": "postgres:18", "mysql": "mysql:8.4"}


@pytest.fixture(scope="module")
def project_of(snapshot: Path, shared: Path) -> Callable[[Combination], Path]:
    """Return the function that renders a distinct workflow's project, once for all workers."""

    def made(combination: Combination) -> Path:
        place = shared / str(combination)
        with locked(shared / f"{combination}.lock"):
            return place if place.exists() else render(snapshot, place, combination.data)

    return made


@pytest.fixture(scope="module")
def projects(project_of: Callable[[Combination], Path]) -> list[Path]:
    """Return the projects of all distinct workflows."""
    return [project_of(combination) for combination in distinct()]


@pytest.fixture(params=distinct(), ids=str)
def combination(request: pytest.FixtureRequest) -> Combination:
    """Return the answers of one."""
    found: Combination = request.param
    return found


@pytest.fixture
def answers(combination: Combination) -> dict[str, Any]:
    """Return the answers of one by their names."""
    return combination.data


@pytest.fixture
def project(project_of: Callable[[Combination], Path], combination: Combination) -> Path:
    """Return the project of one."""
    return project_of(combination)


@pytest.fixture
def workflow(project: Path) -> dict[str, Any]:
    """Return the workflow of one."""
    return read(project)


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the steps of all jobs."""
    for job in workflow["jobs"].values():
        yield from job["steps"]


def test_permissions(workflow: dict[str, Any]) -> None:
    """Nothing at the top; a job that reads the code asks for that and for no more."""
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        wanted = None if name == "ci" else {"contents": "read"}
        assert job.get("permissions") == wanted


def test_actions(project: Path, workflow: dict[str, Any]) -> None:
    """All are pinned by commit with their version, and none keeps the token."""
    text = (project / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    uses = [step for step in steps(workflow) if "uses" in step]
    assert len(PINNED.findall(text)) == text.count("uses:") == len(uses)
    checkouts = [step for step in uses if step["uses"].startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"] == {"persist-credentials": "false"} for step in checkouts)


def test_no_expression_in_a_script(workflow: dict[str, Any]) -> None:
    """What comes from outside reaches a shell only by its environment."""
    assert not [step for step in steps(workflow) if "${{" in step.get("run", "")]


def test_what_fails_in_a_pipe_fails(workflow: dict[str, Any]) -> None:
    """A shell that is asked for by name heeds every program of a pipe, the default one the last."""
    piped = [step for step in steps(workflow) if " | " in step.get("run", "")]
    assert all(step["shell"] == "bash" for step in piped)


def test_every_job_ends(workflow: dict[str, Any]) -> None:
    """It is given up after a time, and one job speaks for all of them."""
    jobs = dict(workflow["jobs"])
    assert all(int(job["timeout-minutes"]) <= 20 for job in jobs.values())
    last = jobs.pop("ci")
    assert last["needs"] == [*jobs]
    assert last["if"] == "always()"


def test_when_it_runs(workflow: dict[str, Any]) -> None:
    """On the main branch, pull requests and the merge queue."""
    assert [*workflow["on"]] == ["push", "pull_request", "merge_group"]
    assert workflow["concurrency"] == {
        "group": "ci-${{ github.event.pull_request.number || github.run_id }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }


def test_answers_decide(workflow: dict[str, Any], answers: dict[str, Any]) -> None:
    """The Python versions, the database and the image are those of the answers."""
    test = workflow["jobs"]["test"]
    offered = [version for version in asked()["python"]["choices"] if version >= answers["python"]]
    assert [*dict.fromkeys(leg["python"] for leg in legs(test))] == offered
    assert ("image" in workflow["jobs"]) == answers["containers"]
    image = DATABASES[answers["database"]]
    assert ("TEST_DATABASE_URL" in test.get("env", {})) == bool(image)
    if image:
        assert test["services"]["database"]["image"] == image
        assert "--health-cmd" in test["services"]["database"]["options"]


def test_shards(workflow: dict[str, Any], answers: dict[str, Any]) -> None:
    """Where they are asked for, there are four for each Python, and one job for what they found."""
    asked_for = answers["ci"] == "github-shards"
    for version, found in groupby(legs(workflow["jobs"]["test"]), key=itemgetter("python")):
        four = [{"python": version, "shard": str(n), "of": "4"} for n in (1, 2, 3, 4)]
        assert [*found] == (four if asked_for else [{"python": version}])
    coverage = workflow["jobs"].get("coverage")
    assert bool(coverage) == asked_for
    if coverage:
        # Without a condition of its own it is skipped where a shard failed.
        assert coverage["needs"] == "test"
        assert "if" not in coverage
        tested = {leg["python"] for leg in legs(workflow["jobs"]["test"])}
        assert {leg["python"] for leg in legs(coverage)} == tested


def test_a_second_attempt_may_upload_again(workflow: dict[str, Any]) -> None:
    """Jobs that are run again keep their artifacts under the names of the first attempt."""
    uploads = [s for s in steps(workflow) if s.get("uses", "").startswith("actions/upload-")]
    assert uploads
    assert all(step["with"]["overwrite"] == "true" for step in uploads)


@pytest.mark.parametrize("asked_for", some_of(WITH_CI, 20), ids=str)
def test_nothing_else_decides(
    asked_for: Combination,
    project_of: Callable[[Combination], Path],
    snapshot: Path,
    tmp_path: Path,
) -> None:
    """So these are all distinct workflows; no word that a user types is in any of them."""
    typed = {"project_name": "Wxyz", "description": "Wxyz.", "author": "Wxyz", "email": "w@xyz.org"}
    rendered = render(snapshot, tmp_path / "project", asked_for.data | typed)
    known = project_of(only(asked_for))
    files = [*(rendered / ".github").rglob("*.yml")]
    assert files
    for path in files:
        twin = known / path.relative_to(rendered)
        assert path.read_text(encoding="utf-8") == twin.read_text(encoding="utf-8")


def tool(name: str, *arguments: str | Path) -> str:
    """Run a tool of the template's environment; return its complaints."""
    program = Path(sys.executable).with_name(name)
    result = subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    return f"{result.stdout}\n{result.stderr}" if result.returncode else ""


def test_zizmor_is_content(projects: list[Path]) -> None:
    """With the rules that it has on board, for nothing here may need a network."""
    folders = [project / ".github" for project in projects]
    assert not tool("zizmor", "--offline", "--quiet", "--no-progress", *folders)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.compose-spec", "compose.yaml"),
    ],
)
def test_schema(projects: list[Path], schema: str, file: str) -> None:
    """The files are what GitHub and compose read."""
    files = [path for project in projects if (path := project / file).exists()]
    assert files
    assert not tool("check-jsonschema", "--builtin-schema", schema, *files)


def test_dependabot(answers: dict[str, Any], project: Path) -> None:
    """Every kind of dependency that the project has is looked after, with a cooldown."""
    text = (project / ".github" / "dependabot.yml").read_text(encoding="utf-8")
    kinds = re.findall(r"package-ecosystem: (\S+)", text)
    wanted = ["uv", "github-actions", *(["docker"] if answers["containers"] else [])]
    assert kinds == wanted
    assert text.count("default-days: 7") == len(kinds)
