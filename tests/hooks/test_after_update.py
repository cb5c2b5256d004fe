"""After an update: conflicts, else the environment and the suite, once, on the merged tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.hooks.machine import Machine, commit, edit, sh
from tests.hooks.told import assert_told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(machine: Machine) -> Machine:
    """Return a machine with a template of its own, which may get a later version."""
    return machine.own_template()


@pytest.fixture
def project(machine: Machine) -> Path:
    """Make and commit a project of the first version, whose suite has not run yet."""
    return machine.project()


def test_the_fix_arrives_the_edit_stays_and_the_suite_runs_once(
    machine: Machine, project: Path
) -> None:
    """The suite runs on the merged tree and on no other."""
    edit(project, "notes.txt", "last", "my last")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert (project / "notes.txt").read_text(encoding="utf-8") == "new first\n\nmiddle\n\nmy last\n"
    assert machine.runs == 1
    assert "Updated and validated in" in done.stdout


def test_conflicts_are_listed_and_the_suite_does_not_run(machine: Machine, project: Path) -> None:
    """A conflict, about which Copier is silent, ends the update with an error."""
    edit(project, "notes.txt", "first", "my first")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert_told("an update that conflicts", done)
    assert "conflicts with your edits in 1 file:\n    notes.txt\n" in done.stdout
    assert "my first" in (project / "notes.txt").read_text(encoding="utf-8")
    assert machine.runs == 0
    assert not (project / ".venv").exists()


def test_rejected_hunks_are_conflicts_too(machine: Machine, project: Path) -> None:
    """So does a hunk that Copier put aside."""
    edit(project, "notes.txt", "first", "my first")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project, "--conflict", "rej")

    assert done.returncode == 1
    assert "notes.txt.rej" in done.stdout
    assert machine.runs == 0


def test_a_red_suite_leaves_the_merged_tree(machine: Machine, project: Path) -> None:
    """Nothing is rolled back; the log is there."""
    edit(project, "notes.txt", "last", "my last")
    machine.release("template/tests/test_app.py.jinja", "assert True", "assert False")

    done = machine.update(project)

    assert done.returncode == 1
    assert "assert False" in (project / "tests/test_app.py").read_text(encoding="utf-8")
    assert "my last" in (project / "notes.txt").read_text(encoding="utf-8")
    assert (project / "validation.log").exists()
    assert "stopped by user" not in done.stdout


def test_skip_tasks_skips_the_hook(machine: Machine, project: Path) -> None:
    """An update can be had without the suite."""
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project, "--skip-tasks")

    assert done.returncode == 0, done.stdout
    assert machine.runs == 0


def test_its_owners_lock_is_kept(machine: Machine, project: Path) -> None:
    """Versions that the owner chose are not taken back to the tested ones."""
    sh("uv", "lock", cwd=project, PATH=machine.environment["PATH"])
    newest = (project / "uv.lock").read_text(encoding="utf-8")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert (project / "uv.lock").read_text(encoding="utf-8") == newest


def test_an_answer_that_is_no_longer_offered_is_refused(machine: Machine, project: Path) -> None:
    """Copier would put the default in its place without a word."""
    settings = yaml.safe_load((machine.template / "copier.yml").read_text(encoding="utf-8"))
    settings["suite"] = {"type": "str", "default": "red", "choices": {"Red": "red", "Slow": "slow"}}
    (machine.template / "copier.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert_told("an answer that is no longer offered", done)
    assert "Not updated: suite: this version no longer offers 'green'" in done.stdout
    assert "red, slow" in done.stdout
    assert sh("git", "status", "--porcelain", cwd=project) == ""


def test_a_project_that_its_repository_ignores_is_refused(machine: Machine) -> None:
    """Copier would overwrite its files without a word."""
    sh("git", "init", "--quiet", cwd=machine.home)
    (machine.home / ".gitignore").write_text("app/\n", encoding="utf-8")
    commit(machine.home, "ignored")
    machine.copy("app", "--skip-tasks")
    project = machine.home / "app"
    (project / "notes.txt").write_text("mine\n", encoding="utf-8")
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert_told("an update of a project that git ignores", done)
    assert (project / "notes.txt").read_text(encoding="utf-8") == "mine\n"


def test_a_second_update_after_one_that_conflicts(machine: Machine, project: Path) -> None:
    """It waits until the first is decided, and touches nothing."""
    edit(project, "notes.txt", "first", "my first")
    machine.release("template/notes.txt", "first", "new first")
    machine.update(project)
    before = sh("git", "status", "--porcelain", cwd=project)

    done = machine.update(project)

    assert_told("an update of uncommitted work", done)
    assert sh("git", "status", "--porcelain", cwd=project) == before
    sh("git", "checkout", "--theirs", "notes.txt", cwd=project)
    commit(project, "decided")
    assert_told("all is well in an update", machine.update(project))
