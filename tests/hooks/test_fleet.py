"""Many projects at once, by scripts/fleet.py: each outcome is told, and nothing is touched."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from fleet import ProblemError, outcome

from tests.hooks.machine import Machine, commit, edit, sh
from tests.support.checkout import IDENTITY
from tests.support.paths import ROOT

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

BRANCH = "template-update"
HOOK = "#!/bin/sh\necho no >&2\nexit 1\n"

pytestmark = pytest.mark.usefixtures("own_template")


@pytest.fixture
def project(machine: Machine) -> Path:
    """Make and commit a project of the first version, and release a second one."""
    project = machine.project()
    machine.release("template/notes.txt", "first", "new first")
    return project


def fleet(machine: Machine, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the script."""
    return machine.run([sys.executable, str(ROOT / "scripts/fleet.py"), *map(str, words)])


def row(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the cells of the table's one row."""
    lines = done.stdout.splitlines()
    heading = next(n for n, line in enumerate(lines) if line.startswith("project  "))
    return [cell.strip() for cell in lines[heading + 1].split("  ") if cell.strip()]


def test_green(machine: Machine, project: Path) -> None:
    """What is checked out stays as it is, committed or not; the update is on a branch."""
    (project / "notes.txt").write_text("not committed\n", encoding="utf-8")
    before = sh("git", "status", "--porcelain", "--branch", cwd=project)

    done = fleet(machine, project)

    assert done.returncode == 0, done.stdout
    assert row(done) == [str(project), "v1.0.0", "v1.1.0", BRANCH, "updated, green"]
    assert sh("git", "status", "--porcelain", "--branch", cwd=project) == before
    assert (project / "notes.txt").read_text(encoding="utf-8") == "not committed\n"
    assert sh("git", "show", f"{BRANCH}:notes.txt", cwd=project).startswith("new first")
    said = sh("git", "log", "-1", "--format=%s", BRANCH, cwd=project)
    assert said == "Update the template from v1.0.0 to v1.1.0\n"
    assert len(sh("git", "worktree", "list", cwd=project).splitlines()) == 1


def test_red(machine: Machine, project: Path) -> None:
    """It is committed, and its message says so."""
    edit(project, "tests/test_app.py", "assert True", "assert False")

    done = fleet(machine, project)

    assert done.returncode == 1
    assert row(done)[3:] == [BRANCH, "updated, red"]
    said = sh("git", "log", "-1", "--format=%s", BRANCH, cwd=project)
    assert said == "Update the template from v1.0.0 to v1.1.0 (red)\n"


def test_conflicts(machine: Machine, project: Path) -> None:
    """They are never committed: a work tree waits, and the next run waits for it too."""
    edit(project, "notes.txt", "first", "my first")

    done = fleet(machine, project)

    assert done.returncode == 1
    assert row(done)[3:] == [BRANCH, "conflicts in 1 file: notes.txt"]
    tree = done.stdout.splitlines()[-1].removeprefix("To solve: cd ").removesuffix(" && git diff")
    assert "<<<<<<< before updating" in sh("git", "diff", cwd=machine.home / tree)
    head = sh("git", "rev-parse", "HEAD", cwd=project)
    assert sh("git", "rev-parse", BRANCH, cwd=project) == head
    assert row(fleet(machine, project))[1].endswith("waits to be solved")

    solve = "git checkout --ours notes.txt && git add . && git commit -qm solved"
    sh("sh", "-c", solve, cwd=machine.home / tree, **IDENTITY)
    sh("git", "worktree", "remove", tree, cwd=project)
    assert sh("git", "show", f"{BRANCH}:notes.txt", cwd=project).startswith("my first")
    assert row(fleet(machine, project))[1].endswith(f"{BRANCH} is there: merge or delete it")


def test_not_validated(machine: Machine, project: Path) -> None:
    """What could not run is told, in the table and in the message."""
    machine.environment |= {"UV_OFFLINE": "1", "UV_CACHE_DIR": str(machine.home / "cold")}

    done = fleet(machine, project)

    reason = "not validated: the packages could not be fetched: no network"
    assert done.returncode == 1
    assert row(done)[4].startswith(f"updated, {reason}")
    assert reason in sh("git", "log", "-1", "--format=%s", BRANCH, cwd=project)


def test_nothing_to_do(machine: Machine, project: Path) -> None:
    """The newest version has no suite to run, and leaves no branch."""
    machine.update(project, "--skip-tasks")
    commit(project, "updated")

    done = fleet(machine, project)

    assert done.returncode == 0
    assert row(done)[1:] == ["v1.1.0", "v1.1.0", "nothing to do"]
    assert machine.runs == 0
    assert BRANCH not in sh("git", "branch", "--list", cwd=project)


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (
            "git rm -q .copier-answers.yml && git commit -qm gone",
            ".copier-answers.yml is not committed",
        ),
        ("rm -rf .git", "no git repository of its own"),
        (f"install -m 755 /dev/stdin .git/hooks/post-checkout <<'E'\n{HOOK}E", "no"),
        (f"git branch {BRANCH}", f"the branch {BRANCH} is there: merge or delete it"),
        (
            "sed -i 's/suite: green/suite: blue/' .copier-answers.yml && git commit -qam blue",
            "Invalid choice for 'suite': 'blue' is not in",
        ),
    ],
)
def test_refused(machine: Machine, project: Path, break_it: str, reason: str) -> None:
    """The table says why, and no branch is made."""
    sh("sh", "-c", break_it, cwd=project, **IDENTITY)

    done = fleet(machine, project)

    assert done.returncode == 1
    assert f"refused: {reason}" in done.stdout
    assert not [*machine.home.glob("fleet/app-*")]
    assert (BRANCH in break_it) == (BRANCH in machine.run(["git", "branch"], cwd=project).stdout)


def test_an_answer_that_is_not_taken_is_told_without_the_words_around_it(tmp_path: Path) -> None:
    """As Copier says it when the template of all releases refuses one."""
    said = "'dict object' has no attribute 'Not taken: license: must be one of MIT, none'\n"

    with pytest.raises(ProblemError, match=r"^license: must be one of MIT, none$"):
        outcome(tmp_path, 1, said)


def test_a_list_of_addresses_is_cloned_and_pushed_if_asked(machine: Machine, project: Path) -> None:
    """A second run, once the first is merged, has nothing to do."""
    sh("git", "clone", "--quiet", "--bare", project, machine.home / "app.git", cwd=machine.home)
    address = (machine.home / "app.git").as_uri()
    listed = machine.home / "projects.txt"
    listed.write_text(f"# ours\n{address}  # the shop\n\n", encoding="utf-8")

    kept = fleet(machine, listed, "--branch", "first")
    assert "first" not in sh("git", "branch", "--list", cwd=machine.home / "app.git")
    pushed = fleet(machine, listed, "--push", "--branch", "second")

    assert row(kept)[3:] == ["first", "updated, green"]
    assert row(pushed)[3:] == ["second", "updated, green"]
    assert "second" in sh("git", "branch", "--list", cwd=machine.home / "app.git")
    sh("git", "push", "--quiet", ".", "second:master", cwd=machine.home / "app.git")
    assert row(fleet(machine, listed, "--branch", "third"))[3:] == ["nothing to do"]
