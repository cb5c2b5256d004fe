"""The template stays readable: few files with Jinja, and few lines of it in Python."""

from __future__ import annotations

import pytest

from tests.support.jinja import SLICE, broken_lines, default_share, python_shares
from tests.support.paths import TEMPLATE

FILES = 1 / 3
LINES = 1 / 3
SLICE_LINES = 0.55


@pytest.mark.quick
def test_few_files_of_the_default_project_have_jinja() -> None:
    """Tools read the others in place, and updates copy them byte for byte."""
    templated, files = default_share()
    assert len(templated) / len(files) <= FILES, templated


@pytest.mark.quick
@pytest.mark.parametrize(("name", "share"), python_shares().items(), ids=python_shares().keys())
def test_few_lines_of_a_python_file_are_jinja(name: str, share: float) -> None:
    """Options cost whole lines, and most lines are no option's."""
    limit = SLICE_LINES if SLICE in name else LINES
    assert share <= limit, f"{TEMPLATE.name}/{name}: {share:.0%} of its lines are Jinja"


@pytest.mark.quick
def test_an_option_costs_whole_lines() -> None:
    """A block that is part of a line hides what the line becomes."""
    assert broken_lines() == []
