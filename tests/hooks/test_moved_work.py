"""Files that the template has moved, and their owner has edited."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "notes.txt", "docs/notes.txt"
CONFLICT = """\
<<<<<<< before updating
my first
=======
new first
>>>>>>> after updating

middle

last
"""


@pytest.fixture
def machine(machine: Machine, tmp_path: Path) -> Machine:
    """Return a machine whose template has a later version, in which a file stands elsewhere."""
    own = tmp_path / "template"
    shutil.copytree(machine.template, own)
    machine.template = own
    (own / "template/docs").mkdir()
    text = (own / "template" / OLD).read_text(encoding="utf-8")
    (own / "template" / NEW).write_text(text.replace("first", "new first"), encoding="utf-8")
    (own / "template" / OLD).unlink()
    moves = own / "hooks/moves.py"
    places = f'MOVES = {{\n    "{OLD}": "attic.txt",\n    "attic.txt": "{NEW}",'
    moves.write_text(moves.read_text(encoding="utf-8").replace("MOVES = {", places))
    commit(own, "moved, twice", tag="v1.1.0")
    return machine


@pytest.fixture(params=["", "apps/web"], ids=["alone", "in a repository"])
def project(request: pytest.FixtureRequest, machine: Machine) -> Path:
    """Make a project of the first version, alone or in a repository."""
    repository = machine.home / "repository"
    path: Path = repository / request.param
    path.parent.mkdir(parents=True, exist_ok=True)
    done = machine.copy(path, "--skip-tasks", "--vcs-ref", "v1.0.0")
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=repository)
    commit(repository, "as it was made")
    return path


def edit(project: Path, old: str, new: str) -> None:
    """Commit an edit of the file that will move."""
    path = project / OLD
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    commit(project, "as its owner wants it")


def status(project: Path) -> list[str]:
    """Return what git says of the two places."""
    said = sh("git", "status", "--porcelain", "--untracked-files=all", cwd=project)
    lines = (line.replace("apps/web/", "") for line in said.splitlines())
    return sorted(line for line in lines if line.endswith("notes.txt"))


def test_edits_go_where_the_file_has_gone(machine: Machine, project: Path) -> None:
    """What git can merge is no conflict, and the suite runs."""
    edit(project, "last", "my last")

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert f"Moved, with your edits: {OLD} is {NEW} now." in done.stdout
    assert (project / NEW).read_text(encoding="utf-8") == "new first\n\nmiddle\n\nmy last\n"
    assert status(project) == [f" D {OLD}", f"?? {NEW}"]
    assert machine.runs == 1


@pytest.mark.parametrize("flags", [(), ("--skip-tasks",)], ids=["with the suite", "without tasks"])
def test_a_conflict_names_both_places(
    machine: Machine, project: Path, flags: tuple[str, ...]
) -> None:
    """It is one of git's own, in the new place, and has all three sides."""
    edit(project, "first", "my first")

    done = machine.update(project, *flags)

    assert done.returncode == 1
    assert f"conflicts with your edits in 1 file:\n    {NEW}   (moved from {OLD})" in done.stdout
    assert (project / NEW).read_text(encoding="utf-8") == CONFLICT
    assert status(project) == [f" D {OLD}", f"UU {NEW}"]
    sides = [sh("git", "show", f":{side}:./{NEW}", cwd=project)[:8] for side in (1, 2, 3)]
    assert sides == ["first\n\nm", "my first", "new firs"]
    assert machine.runs == 0


def test_nobodys_edits_move_in_silence(machine: Machine, project: Path) -> None:
    """A file that is as it was made just moves."""
    done = machine.update(project, "--skip-tasks")

    assert done.returncode == 0, done.stdout
    assert "Moved" not in done.stdout
    assert status(project) == [f" D {OLD}", f"?? {NEW}"]


def test_a_deleted_file_does_not_come_back_elsewhere(machine: Machine, project: Path) -> None:
    """Its owner has no use for it, wherever it is."""
    (project / OLD).unlink()
    commit(project, "as its owner wants it")

    done = machine.update(project, "--skip-tasks")

    assert done.returncode == 0, done.stdout
    assert status(project) == []


def test_a_file_of_its_owners_in_the_new_place_is_not_overwritten(
    machine: Machine, project: Path
) -> None:
    """Both places then are conflicts, and hold what their owner wrote."""
    (project / "docs").mkdir()
    (project / NEW).write_text("mine\n", encoding="utf-8")
    edit(project, "first", "my first")

    done = machine.update(project, "--skip-tasks")

    assert done.returncode == 1
    assert status(project) == [f"UD {OLD}", f"UU {NEW}"]
    assert "mine\n" in (project / NEW).read_text(encoding="utf-8")
    assert (project / OLD).read_text(encoding="utf-8").startswith("my first")
