"""Projects of a release whose owners have worked on them, and their update to what is here now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from preflight import values

from tests.hooks.machine import Machine, commit, sh
from tests.support.rendering import render
from tests.update.merging import ANSWERS, Tree, merged, tree
from tests.update.owner.catalogue import CATALOGUE, work_on
from tests.update.owner.edit import Edit, Fate, place

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.combinations import Combination
    from tests.update.owner.edit import Work


@dataclass(frozen=True)
class Worked:
    """A project as it was made, as its owner has it, and the edits between the two."""

    machine: Machine
    path: Path
    base: Tree
    ours: Tree
    made: list[Work]

    def update(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """Update it by a process of Copier's own."""
        return self.machine.update(self.path, *flags)

    def expected(self, snapshot: Path) -> Tree:
        """Return what git makes of it and of a new project of the same answers."""
        answers = yaml.safe_load((self.path / ANSWERS).read_text(encoding="utf-8"))
        own = {name: value for name, value in answers.items() if not name.startswith("_")}
        work = self.machine.home / "merge"
        work.mkdir()
        return merged(self.base, self.ours, tree(render(snapshot, work / "new", own)), work)

    def fates(self) -> dict[str, Fate]:
        """Return what has become of each edit, by its name."""
        return {work.name: work.fate(self.path) for work in self.made}

    def in_conflict(self) -> set[str]:
        """Ask git for the files that its owner has to decide about."""
        listed = ("git", "-c", "core.quotePath=false", "diff", "--name-only", "--diff-filter=U")
        return set(sh(*listed, cwd=self.path).splitlines())

    def solve(self) -> None:
        """Take the new version of each file in conflict, and edit it once more."""
        for name in self.in_conflict():
            new = sh("git", "show", f":3:{name}", cwd=self.path)
            (self.path / name).write_text(new, encoding="utf-8")
            for work in CATALOGUE:
                file = place(self.path, work.file)
                if isinstance(work, Edit) and file == self.path / name and work.applies(self.path):
                    work.make(self.path)
        commit(self.path, "solved")


def work(machine: Machine, tag: str, answers: Combination) -> Worked:
    """Make a project of a release, and let its owner do all that there is to do."""
    path = machine.home / "my-app"
    given = {name: str(answer) for name, answer in offered(machine, tag, answers).items()}
    done = machine.copy(path, "--skip-tasks", "--vcs-ref", tag, **given)
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=path)
    commit(path, "as it was made")
    base = tree(path)
    made = work_on(path)
    commit(path, "as its owner wants it")
    return Worked(machine, path, base, tree(path), made)


def offered(machine: Machine, tag: str, answers: Combination) -> dict[str, Any]:
    """Leave out the answers that a release did not offer yet."""
    document = yaml.safe_load(sh("git", "show", f"{tag}:copier.yml", cwd=machine.template))
    return {
        name: answer
        for name, answer in answers.data.items()
        if not values(document[name]) or answer in values(document[name])
    }
