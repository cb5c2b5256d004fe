"""Five projects of different answers and ages, updated at once by scripts/fleet.py."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, edit, sh
from tests.support.checkout import IDENTITY
from tests.support.paths import ROOT
from tests.update.releases import NOW, RELEASES

if TYPE_CHECKING:
    from pathlib import Path

# Nobody logs in: the suite of accounts says nothing of fleets, and takes its time.
OPEN = {"auth": "none", "containers": "false", "ci": "none"}
RED = '''"""What the owner of this project has broken."""


def test_mine() -> None:
    """One test is red."""
    assert not "mine"
'''


@pytest.fixture
def machine(tmp_path: Path, released: Path) -> Machine:
    """Return a machine with a template of all releases and, after them, the present state."""
    template = shutil.copytree(released, tmp_path / "template")
    machine = Machine(tmp_path / "work", template)
    machine.environment |= IDENTITY
    return machine


def make(machine: Machine, name: str, version: str, **answers: str) -> Path:
    """Make and commit a project of a version."""
    path = machine.home / name
    done = machine.copy(path, "--skip-tasks", "--vcs-ref", version, **OPEN, **answers)
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=path)
    commit(path, "as it was made")
    return path


@pytest.mark.exhaustive
def test_five_projects(machine: Machine) -> None:
    """Each comes to something else, and one table says to what."""
    oldest, *_, newest = RELEASES
    make(machine, "green", f"v{newest}", interface="api")
    red = make(machine, "red", f"v{oldest}", interface="pages")
    (red / "tests/unit/test_mine.py").write_text(RED, encoding="utf-8")
    commit(red, "as its owner wants it")
    edited = make(machine, "edited", f"v{oldest}", interface="both")
    database = edited / "app/db.py"
    lines = database.read_text(encoding="utf-8").splitlines()
    database.write_text("".join(f"{line}  # mine\n" for line in lines), encoding="utf-8")
    commit(edited, "as its owner wants it")
    make(machine, "new", NOW, interface="both", database="mysql")
    odd = make(machine, "odd", f"v{newest}", interface="pages")
    edit(odd, ".copier-answers.yml", "license: MIT", "license: GPL")

    projects = ["green", "red", "edited", "new", "odd"]
    done = machine.run([sys.executable, str(ROOT / "scripts/fleet.py"), *projects])

    assert done.returncode == 1, done.stdout
    table = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line}
    branch = "template-update"
    assert table["green"] == [f"v{newest}", NOW, branch, "updated,", "green"], done.stdout
    assert table["red"] == [f"v{oldest}", NOW, branch, "updated,", "red"]
    assert table["edited"][:5] == [f"v{oldest}", NOW, branch, "conflicts", "in"]
    assert "app/db.py" in " ".join(table["edited"])
    assert table["new"] == [NOW, NOW, "nothing", "to", "do"]
    assert table["odd"][:2] == [f"v{newest}"] * 2
    assert "refused: license: must be one of MIT, BSD-3-Clause," in " ".join(table["odd"])
    for name in projects:
        assert sh("git", "status", "--porcelain", cwd=machine.home / name) == ""
        marked = sh(
            "git", "log", "--all", "-S<<<<<<< before", "--format=%H", cwd=machine.home / name
        )
        assert marked == ""
