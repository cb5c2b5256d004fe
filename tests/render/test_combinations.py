"""Every valid combination of answers renders, and each of its files is clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.checks import assert_none, complaints
from tests.support.combinations import (
    MATRIX,
    SUITES,
    choices,
    combinations,
    matrix,
    parameters,
    suites,
)
from tests.support.rendering import render
from tests.support.tools import lint_complaints, python_hash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render
    from tests.support.combinations import Combination


@pytest.mark.parametrize("combination", parameters(matrix()))
def test_combination_is_clean(
    combination: Combination, render_project: Render, python: Path
) -> None:
    """Its files parse, hold nothing of the template, and please the project's own linter."""
    project = render_project(combination.data)
    assert_none([*complaints(project), *lint_complaints(python, project)])


@pytest.mark.parametrize("name", ["a_a", "zz_z"])
def test_modules_sort_before_and_after_all_others(
    name: str, render_project: Render, python: Path
) -> None:
    """Imports are in the linter's order wherever the module of a resource comes."""
    resources = f"{{{name}: {{title: str(200), owned: true}}}}"
    project = render_project({"interface": "both", "auth": "both", "resources": resources})
    assert_none(lint_complaints(python, project))


@pytest.mark.parametrize("suite", suites(), ids=str)
def test_what_is_not_python_changes_no_python(
    suite: Combination, snapshot: Path, tmp_path: Path
) -> None:
    """So one type check and one run of the suite speak for all containers, CI and licences."""
    variants = [c for c in matrix() if all(c[name] == suite[name] for name in SUITES)]
    hashes = {python_hash(render(snapshot, tmp_path / str(c), c.data)) for c in variants}
    assert len(variants) == 6
    assert len(hashes) == 1


def test_matrix_is_whole() -> None:
    """All five questions are crossed, and each suite meets each Python version."""
    valid = {c.answers for c, refusal in combinations(MATRIX) if not refusal}
    assert {c.answers[: len(MATRIX)] for c in matrix()} == valid
    assert len(valid) == 144
    met = {(*(c[name] for name in SUITES), c["python"]) for c in matrix()}
    assert len(met) == len(suites()) * len(choices("python"))
