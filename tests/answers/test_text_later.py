"""Nasty text is the same after an update, and a version that does not take it says so before."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from preflight import problems

from tests.answers.conftest import TEXTS
from tests.hooks.machine import Machine, commit, sh
from tests.support.checks import assert_none
from tests.support.drawn import SEED
from tests.support.paths import ROOT
from tests.support.places import wrong
from tests.support.texts import ADDRESSES, TAKEN

if TYPE_CHECKING:
    from pathlib import Path

# So many of the nastiest, each as another answer, are updated in one project.
NASTY = [TAKEN[name] for name in (
    "yaml false", "backslash", "all quotes", "hexadecimal", "yaml null", "three quotes",
    "template expression", "100 emoji", "date", "yaml map", "sexagesimal", "last backslash",
    "letters and quotes", "a dependency", "two spaces", "yaml tilde", "100 quotes", "yaml float",
    "wide spaces", "number", "yaml tag",
)]  # fmt: skip
UNTAKEN = (
    "this version does not take what stands in .copier-answers.yml, "
    "and would put its default in its place: "
)
GROUPS = [*zip(*(NASTY[start :: len(TEXTS)] for start in range(len(TEXTS))), strict=True)]
USUAL = SEED % len(GROUPS)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(group, marks=() if number == USUAL else pytest.mark.exhaustive)
        for number, group in enumerate(GROUPS)
    ],
    ids=str,
)
def test_an_update_leaves_text_alone(texts: tuple[str, ...], places: Path, tmp_path: Path) -> None:
    """Two versions of the template, real processes, and not a line differs."""
    template = tmp_path / "template"
    shutil.copytree(places, template)
    shutil.copytree(
        ROOT / "hooks", template / "hooks", ignore=shutil.ignore_patterns("__pycache__")
    )
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "a version", tag="v1.0.0")
    machine = Machine(tmp_path / "work", template)
    project = machine.home / "my-app"
    typed = {**dict(zip(TEXTS, texts, strict=True)), "email": ADDRESSES["every letter"]}
    machine.copy(
        project, "--skip-tasks", *(f"--data={name}={text}" for name, text in typed.items())
    )
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")
    (template / "template" / "NEW.md").write_text("New.\n", encoding="utf-8")
    commit(template, "the next version", tag="v1.1.0")

    updated = machine.update(project, "--skip-tasks")

    assert updated.returncode == 0, updated.stdout
    assert_none(wrong(project, {**typed, "license": "MIT"}))
    changed = sh("git", "status", "--porcelain", cwd=project).split()
    assert changed == ["M", ".copier-answers.yml", "??", "NEW.md"]
    lines = sh("git", "diff", "--unified=0", cwd=project).splitlines()
    assert [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}] == [
        "-_commit: v1.0.0",
        "+_commit: v1.1.0",
    ]


def test_text_that_is_no_longer_taken_stops_an_update(tmp_path: Path) -> None:
    """Copier would put the default in its place without a word."""
    (tmp_path / ".copier-answers.yml").write_text(
        'project_name: "a\\u200Bb"\nauthor: 5\nemail: ann\n', encoding="utf-8"
    )
    sh("git", "init", "--quiet", cwd=tmp_path)
    commit(tmp_path, "as it was made")
    lines = [problem.partition("; put another")[0] for problem in problems(tmp_path, ROOT)]
    assert [line.replace(UNTAKEN, "") for line in lines] == [
        "project_name: must not contain control characters, line breaks or invisible marks",
        "author: must be text: put quotes around it",
        "email: must be an address such as ann@example.com, or empty",
    ]
