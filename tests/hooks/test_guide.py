"""What docs/updating.md tells to type does what it says, in the order in which it stands there."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.hooks.machine import Machine, commit, edit, sh
from tests.hooks.told import assert_said
from tests.support.paths import ROOT

GUIDE = (ROOT / "docs/updating.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
SYMPTOM = re.compile(r"^\| ([^|]*`[^|]+`[^|]*) \| [^|]+ \| [^|]+ \|$", re.MULTILINE)
# What git says.
OTHERS = ["does not appear to be a git repository"]
# The guide names files of a real project; the tiny one has another.
HERE = {"uvx copier": "python -m copier", "app/config.py": "notes.txt", "resources.py": "notes.txt"}

pytestmark = pytest.mark.usefixtures("own_template")


def commands(heading: str) -> list[str]:
    """Return the commands of a section of the guide, one block each."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    blocks: list[str] = BLOCK.findall(section)
    assert blocks
    for theirs, ours in HERE.items():
        blocks = [block.replace(theirs, ours) for block in blocks]
    return blocks


@pytest.fixture
def project(machine: Machine) -> Path:
    """Make and commit a project that its owner has edited, and release a second version."""
    project = machine.project()
    edit(project, "notes.txt", "last", "my last")
    machine.release("template/notes.txt", "first", "new first")
    return project


def typed(machine: Machine, project: Path, command: str) -> str:
    """Type a command, which has to succeed."""
    done = machine.run(["sh", "-ec", command], cwd=project)
    assert done.returncode == 0, done.stdout
    return done.stdout


def status(project: Path) -> str:
    """Return what git says of the project."""
    return sh("git", "status", "--porcelain", cwd=project)


def test_an_update(machine: Machine, project: Path) -> None:
    """It is looked at and kept, or taken back."""
    update, keep, take_back = commands("An update")
    check, update = update.splitlines()
    assert "New template version available" in machine.run(["sh", "-c", check], cwd=project).stdout

    assert "Updated and validated in" in typed(machine, project, update)
    typed(machine, project, take_back)
    assert status(project) == ""
    typed(machine, project, update)
    said = typed(machine, project, keep.replace("git diff", "git --no-pager diff"))

    assert "+new first" in said
    assert status(project) == ""
    assert (project / "notes.txt").read_text(encoding="utf-8").startswith("new first")


def test_conflicts(machine: Machine, project: Path) -> None:
    """One side is taken and committed; markers that were committed are found."""
    ours, keep, look = commands("Conflicts")
    keep = "\n".join(keep.splitlines()[:2])
    edit(project, "notes.txt", "first", "my first")
    done = machine.update(project)
    assert "<<<<<<< before updating" in (project / "notes.txt").read_text(encoding="utf-8")
    assert_said("an update that conflicts", done.returncode, done.stdout)
    assert "leftover conflict marker" in machine.run(["sh", "-c", look], cwd=project).stdout

    typed(machine, project, ours)
    typed(machine, project, look)
    typed(machine, project, keep)

    assert (project / "notes.txt").read_text(encoding="utf-8").startswith("my first")
    assert status(project) == ""
    assert "New template version" not in typed(machine, project, "python -m copier check-update")


def test_other_answers(machine: Machine, project: Path) -> None:
    """The version stays, the answer changes."""
    (change,) = commands("Other answers")

    typed(machine, project, change.replace("auth=jwt", "extra=true"))

    assert (project / "app/extra/one.txt").exists()
    answers = (project / ".copier-answers.yml").read_text(encoding="utf-8")
    assert "_commit: v1.0.0" in answers
    assert "extra: true" in answers


def test_a_template_that_has_moved(machine: Machine, project: Path) -> None:
    """Its new address is put in the place of the old one."""
    old, machine.template = machine.template, machine.template.rename(machine.home / "moved")
    lost = machine.update(project)
    edit(project, ".copier-answers.yml", str(old), str(machine.template))

    assert "Updating is only supported in git-tracked templates" in lost.stdout
    assert "Updated and validated in" in machine.update(project).stdout


@pytest.mark.parametrize("flag", ["--skip", "--exclude"])
def test_a_file_that_an_update_leaves_alone(machine: Machine, project: Path, flag: str) -> None:
    """Without the flag it would conflict."""
    edit(project, "notes.txt", "first", "my first")
    before = (project / "notes.txt").read_text(encoding="utf-8")

    done = machine.update(project, flag, "notes.txt")

    assert "Updated and validated in" in done.stdout, done.stdout
    assert (project / "notes.txt").read_text(encoding="utf-8") == before


def test_a_deleted_file_stays_deleted(machine: Machine, project: Path) -> None:
    """What the template does with it is nothing to the project any more."""
    (project / "notes.txt").unlink()
    commit(project, "not wanted")

    done = machine.update(project)

    assert "Updated and validated in" in done.stdout, done.stdout
    assert status(project) == " M .copier-answers.yml\n"


def test_leaving(machine: Machine, project: Path) -> None:
    """The project goes on; only updates end."""
    (leave,) = commands("Leaving the template")

    typed(machine, project, leave)

    assert status(project) == ""
    assert "cannot obtain old template references" in machine.update(project).stdout
    assert "4 passed" in typed(machine, project, "uv run --quiet pytest")


@pytest.mark.quick
def test_messages_are_what_is_said() -> None:
    """Each message of the guide stands in the hooks, a project or Copier, word for word."""
    folders = [
        ROOT / "hooks",
        ROOT / "template/migrations",
        Path(str(distribution("copier").locate_file("copier"))),
    ]
    texts = [path.read_text(encoding="utf-8") for each in folders for path in each.glob("*.py")]
    said = re.sub(r'"\s*f?"', "", "\n".join(texts))

    symptoms = [
        text
        for cell in SYMPTOM.findall(GUIDE.partition("## Messages")[2])
        for text in re.findall(r"`(.+?)`", cell)
    ]
    unsaid = [text for text in symptoms if text not in said]

    assert len(symptoms) > 10
    assert unsaid == OTHERS
