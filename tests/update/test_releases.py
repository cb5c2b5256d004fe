"""From every release to what is here now, with a project whose owner has worked on it."""

from __future__ import annotations

import random
import re
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, sh
from tests.isolation.projects import DEFAULT, SEED, rare
from tests.support.combinations import covering, shapes
from tests.support.suite import say
from tests.update.merging import tree
from tests.update.owner.catalogue import CATALOGUE
from tests.update.owner.edit import Fate
from tests.update.releases import NOW, RELEASES
from tests.update.worked import work

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.support.combinations import Combination
    from tests.update.worked import Worked

FLOOR = 95  # per cent of an owner's edits that merge without a conflict
TAGS = [*(f"v{version}" for version in RELEASES), NOW]
# Where no pages are served, and where a release after 0.4.0 is edited.
ELSEWHERE = {
    "a feature is imported by the factory of an API",
    "a feature's factory is imported by the fixtures, on a line of its own",
}
GREEN = r"Updated and validated in .*: \d+ tests passed, coverage 100 %"


@pytest.fixture
def machine(tmp_path: Path, released: Path) -> Machine:
    """Return a machine that has all releases of the template."""
    return Machine(tmp_path / "work", released)


def cases() -> list[ParameterSet]:
    """Take each release with covering answers; two of all are drawn for this run."""
    offered = [*product(TAGS[:-1], covering(SEED, shapes()))]
    drawn = random.Random(f"{SEED} answers").sample(offered, 2)
    return [
        pytest.param(*case, id=f"{case[0]}-{case[1]}", marks=mark)
        for case in offered
        for mark in [() if case in drawn else pytest.mark.exhaustive]
    ]


def check(project: Worked, snapshot: Path, *flags: str) -> dict[str, Fate]:
    """Update a project; nothing may be lost, nor be in conflict that git could merge."""
    done = project.update("--skip-tasks", *flags)

    fates, open_files = project.fates(), project.in_conflict()
    assert done.returncode == (1 if open_files else 0), done.stdout
    assert [name for name, fate in fates.items() if fate is Fate.LOST] == []
    assert {name for name in open_files if name not in done.stdout} == set()
    found, expected = tree(project.path), project.expected(snapshot)
    assert found.keys() == expected.keys()
    assert [name for name in found if found[name] != expected[name]] == []
    marked = {name for name, text in found.items() if b"<<<<<<< before updating" in text}
    assert marked == open_files
    return fates


def test_the_releases_are_found() -> None:
    """Without one nothing would be proved."""
    assert [*RELEASES][:3] == ["0.1.0", "0.2.0", "0.3.0"]


def test_nearly_all_edits_merge(
    tmp_path: Path, released: Path, snapshot: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever release a project was made from, few of its owner's edits need a decision."""
    fates: dict[str, dict[str, Fate]] = {}
    for tag in TAGS[:-1]:
        (tmp_path / tag).mkdir()
        project = work(Machine(tmp_path / tag / "work", released), tag, DEFAULT)
        fates[tag] = check(project, snapshot)
        undecided = [name for name, fate in fates[tag].items() if fate is Fate.CONFLICT]
        merged = len(fates[tag]) - len(undecided)
        say(request, f"{tag}: {merged} of {len(fates[tag])} edits merge; not {undecided}")

    every = [fate for found in fates.values() for fate in found.values()]
    share = 100 * every.count(Fate.MERGED) / len(every)
    say(request, f"edits of owners that merge without a conflict: {share:.1f} % of {len(every)}")
    assert share >= FLOOR
    made = {name for found in fates.values() for name in found}
    assert {edit.name for edit in CATALOGUE} - made <= ELSEWHERE


@pytest.mark.parametrize(("tag", "answers"), cases())
def test_an_update_loses_nothing(
    machine: Machine,
    tag: str,
    answers: Combination,
    snapshot: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Every file is what git's own merge makes of both sides, conflicts included."""
    fates = [*check(work(machine, tag, answers), snapshot).values()]

    say(request, f"{tag} {answers}: {fates.count(Fate.MERGED)} of {len(fates)} edits merge")


DRAWN = random.Random(f"{SEED} release").choice(TAGS[:-1])


@pytest.mark.parametrize("tag", [tag if tag == DRAWN else rare(tag) for tag in TAGS[:-1]])
def test_the_suite_is_green_on_the_merged_tree(machine: Machine, tag: str) -> None:
    """An update with conflicts says what to do; done, the history is one line and all is green."""
    project = work(machine, tag, DEFAULT)

    done = project.update()

    if open_files := project.in_conflict():
        assert done.returncode == 1
        assert f"conflicts with your edits in {len(open_files)} file" in done.stdout
        project.solve()
        done = machine.run(["python", "resources.py", "check"], cwd=project.path)
    assert done.returncode == 0, done.stdout
    assert re.search(GREEN, done.stdout)
    assert one_line(project.path)
    assert f"_commit: {NOW}" in (project.path / ".copier-answers.yml").read_text(encoding="utf-8")


def one_line(project: Path) -> bool:
    """Tell whether each migration but the first follows one that no other follows."""
    history = [path.read_text("utf-8") for path in project.glob("migrations/versions/*.py")]
    follows = [re.findall(r'^down_revision.* = "(.+)"$', text, re.MULTILINE) for text in history]
    targets = [name for found in follows for name in found]
    return len(set(targets)) == len(targets) == len(history) - 1


def test_a_new_resource_leaves_room_for_its_owner(machine: Machine, snapshot: Path) -> None:
    """What owners add at the end stays there: a new slice comes before those that are there."""
    project = work(machine, NOW, DEFAULT)
    answer = "{post: {title: str(200), content: text, owned: author}, tag: {name: str(20)!}}"

    fates = check(project, snapshot, "--vcs-ref", ":current:", "--data", f"resources={answer}")

    assert {*fates.values()} == {Fate.MERGED}
    assert sh("git", "diff", "--name-only", "--diff-filter=U", cwd=project.path) == ""
