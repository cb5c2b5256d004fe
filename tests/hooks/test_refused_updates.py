"""Updates that are refused before anything is touched, each with the line that says why."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWERS = ".copier-answers.yml"
MARKED = "first\n<<<<<<< before updating\nmine\n=======\nyours\n>>>>>>> after updating\n"


@pytest.fixture
def machine(machine: Machine, tmp_path: Path) -> Machine:
    """Return a machine whose template has a later version too."""
    own = tmp_path / "template"
    shutil.copytree(machine.template, own)
    machine.template = own
    (own / "template/notes.txt").write_text("new first\n\nmiddle\n\nlast\n", encoding="utf-8")
    commit(own, "later", tag="v1.1.0")
    return machine


@pytest.fixture
def project(machine: Machine) -> Path:
    """Make and commit a project of the first version."""
    path = machine.home / "app"
    done = machine.copy(path, "--skip-tasks", "--vcs-ref", "v1.0.0")
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=path)
    commit(path, "as it was made")
    return path


def state(project: Path) -> tuple[dict[str, bytes], str]:
    """Return all that an update could touch: the files, and what git knows of them."""
    files = {
        str(path.relative_to(project)): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    return files, sh("git", "ls-files", "--stage", cwd=project)


def answer(name: str, value: str) -> Callable[[Path], None]:
    """Return what puts another value into the answers file, or takes it out."""

    def change(project: Path) -> None:
        text = (project / ANSWERS).read_text(encoding="utf-8")
        line = f"{name}: {value}\n" if value else ""
        (project / ANSWERS).write_text(re.sub(rf"{name}: .*\n", line, text), encoding="utf-8")
        commit(project, "changed by hand")

    return change


def write(name: str, text: str, *, committed: bool) -> Callable[[Path], None]:
    """Return what writes a file."""

    def change(project: Path) -> None:
        (project / name).write_bytes(text.encode())
        if committed:
            commit(project, "mine")

    return change


def ignore_notes(project: Path) -> None:
    """Have git forget and ignore a file that the template renders."""
    with (project / ".gitignore").open("a", encoding="utf-8") as file:
        file.write("notes.txt\n")
    sh("git", "rm", "--quiet", "--cached", "notes.txt", cwd=project)
    commit(project, "my own notes are nobody's business")
    (project / "notes.txt").write_text("secret\n", encoding="utf-8")


DIRTY = "Destination repository is dirty; cannot continue. Please commit or stash"
HAND = "still has a conflict of an earlier update in it: solve it, delete any .rej file, and commit"
CASES: dict[str, tuple[Callable[[Path], None], str]] = {
    "an edit not committed": (write("notes.txt", "mine\n", committed=False), DIRTY),
    "a new file not committed": (write("mine.txt", "mine\n", committed=False), DIRTY),
    "markers committed": (
        write("notes.txt", MARKED, committed=True),
        rf"Not updated: notes\.txt {HAND}\.",
    ),
    "markers committed with the line ends of Windows": (
        write("notes.txt", MARKED.replace("\n", "\r\n"), committed=True),
        rf"Not updated: notes\.txt {HAND}\.",
    ),
    "a rejected hunk committed": (
        write("notes.txt.rej", "@@ -1 +1 @@\n", committed=True),
        rf"Not updated: notes\.txt\.rej {HAND}\.",
    ),
    "a file of the template's ignored": (
        ignore_notes,
        r"Not updated: git ignores notes\.txt, which this template writes, so an update would ",
    ),
    "an answer that never was one": (
        answer("suite", "purple"),
        "Invalid choice for 'suite': 'purple' is not in ",
    ),
    "made by a later version": (
        answer("_commit", "v1.1.0-3-g0123456"),
        "Unknown revision: 'v1.1.0-3-g0123456'",
    ),
    "made by an unknown version": (answer("_commit", "v7.0.0"), "Unknown revision: 'v7.0.0'"),
    "made by no version": (
        answer("_commit", ""),
        "Cannot update because cannot obtain old template references from `.copier-answers.yml`.",
    ),
    "made by a template that is gone": (
        answer("_src_path", "/nowhere"),
        "Updating is only supported in git-tracked templates.",
    ),
}


@pytest.mark.parametrize(("prepare", "line"), CASES.values(), ids=CASES)
def test_it_says_why_and_touches_nothing(
    machine: Machine, project: Path, prepare: Callable[[Path], None], line: str
) -> None:
    """Whoever refuses it, Copier or the look before, the project is as it was."""
    prepare(project)
    before = state(project)

    done = machine.update(project)

    assert done.returncode == 1
    assert len(re.findall(rf"^(?:ValueError: )?{line}.*$", done.stdout, re.MULTILINE)) == 1
    assert state(project) == before
    assert machine.runs == 0


def test_an_older_version_is_refused(machine: Machine, project: Path) -> None:
    """Copier knows no way back; git does."""
    assert machine.update(project, "--skip-tasks").returncode == 0
    commit(project, "updated")
    before = state(project)

    done = machine.update(project, "--vcs-ref", "v1.0.0")

    assert done.returncode == 1
    assert "You are downgrading from 1.1.0 to 1.0.0. Downgrades are not supported." in done.stdout
    assert state(project) == before


def test_an_update_with_conflicts_is_finished_first(machine: Machine, project: Path) -> None:
    """A second update on top of the first one's conflicts would bury them."""
    write("notes.txt", "my first\n\nmiddle\n\nlast\n", committed=True)(project)
    assert machine.update(project, "--skip-tasks").returncode == 1
    before = state(project)

    done = machine.update(project)

    assert done.returncode == 1
    assert DIRTY in done.stdout
    assert state(project) == before


def test_what_only_looks_like_the_templates_is_no_reason(machine: Machine, project: Path) -> None:
    """Ignored files of other names, and markers of other merges, are their owner's business."""
    (project / ".venv").mkdir()
    (project / ".venv/notes.txt").write_text("mine\n", encoding="utf-8")
    write("mine.txt", "<<<<<<< HEAD\n", committed=True)(project)

    done = machine.update(project, "--skip-tasks")

    assert done.returncode == 0, done.stdout
