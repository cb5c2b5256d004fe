"""Files that an update deletes although their owner has edited them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh

if TYPE_CHECKING:
    from pathlib import Path

MINE = "mine\n"
SPACED = "three spaced ü.txt"


@pytest.fixture
def machine(machine: Machine) -> Machine:
    """Return a machine with a template of its own, which may get a later version."""
    return machine.own_template()


@pytest.fixture(params=["", "apps/web"], ids=["alone", "in a repository"])
def project(request: pytest.FixtureRequest, machine: Machine) -> Path:
    """Make a project, alone or in a repository, whose owner has edited and added files."""
    repository = machine.home / "repository"
    path: Path = repository / request.param
    path.parent.mkdir(parents=True, exist_ok=True)
    done = machine.copy(path, "--skip-tasks", extra="true")
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=repository)
    commit(repository, "as it was made")
    for name in ("one.txt", SPACED, "own.txt"):
        (path / "app/extra" / name).write_text(MINE, encoding="utf-8")
    commit(repository, "as its owner wants it")
    return path


def status(project: Path) -> list[str]:
    """Return what git says of the files of the part, each with its state."""
    said = sh("git", "-c", "core.quotePath=false", "status", "--porcelain", "app", cwd=project)
    return sorted(line.replace("apps/web/", "").replace('"', "") for line in said.splitlines())


@pytest.mark.parametrize("flags", [(), ("--skip-tasks",)], ids=["with the suite", "without tasks"])
def test_an_edited_file_of_an_answer_that_is_gone_is_a_conflict(
    machine: Machine, project: Path, flags: tuple[str, ...]
) -> None:
    """What the owner has edited or added stays, the rest goes, and git and the hook say so."""
    done = machine.update(project, "--vcs-ref", ":current:", "--data", "extra=false", *flags)

    assert done.returncode == 1, done.stdout
    assert status(project) == [
        " D app/extra/two.txt",
        "UD app/extra/one.txt",
        f"UD app/extra/{SPACED}",
    ]
    assert (project / "app/extra/one.txt").read_text(encoding="utf-8") == MINE
    assert (project / "app/extra" / SPACED).read_text(encoding="utf-8") == MINE
    assert (project / "app/extra/own.txt").read_text(encoding="utf-8") == MINE
    assert "app/extra/one.txt" in done.stdout
    assert "two.txt" not in done.stdout
    assert machine.runs == 0


def test_an_edited_file_of_the_template_that_is_gone_is_a_conflict(
    machine: Machine, project: Path
) -> None:
    """A later version without a file is no different."""
    for name in ("one.txt", "two.txt"):
        (machine.template / "template/app/[% if extra %]extra[% endif %]" / name).unlink()
    commit(machine.template, "fewer", tag="v1.1.0")

    done = machine.update(project)

    assert done.returncode == 1
    assert status(project) == [" D app/extra/two.txt", "UD app/extra/one.txt"]
    assert "conflicts with your edits in 1 file:\n    app/extra/one.txt   (the" in done.stdout
    assert sh("git", "show", ":1:./app/extra/one.txt", cwd=project) == "one\n"
    assert sh("git", "show", ":2:./app/extra/one.txt", cwd=project) == MINE


def test_a_migration_is_never_deleted(machine: Machine, project: Path) -> None:
    """The database remembers it."""
    machine.update(project, "--vcs-ref", ":current:", "--data", "extra=false")

    assert (project / "migrations/versions/0001_extra.py").exists()
    assert "migrations" not in sh("git", "status", "--porcelain", cwd=project)


def test_an_answer_that_is_gone_deletes_what_nobody_has_edited(machine: Machine) -> None:
    """Nothing stands in the way of an update that removes only the template's own."""
    project = machine.home / "untouched"
    machine.copy(project, "--skip-tasks", extra="true")
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")

    done = machine.update(project, "--vcs-ref", ":current:", "--data", "extra=false")

    assert done.returncode == 0, done.stdout
    assert not (project / "app/extra").exists()
    assert machine.runs == 1
