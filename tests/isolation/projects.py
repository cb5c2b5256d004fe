"""The projects whose isolation is tested: the default one on each database, and others."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, TypeVar

import pytest

from tests.faults.answers import RESOURCES
from tests.support.combinations import Combination, choices, suites

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

C = TypeVar("C")

SEED = int(os.environ.get("EVERGREEN_SEED", "0"))

DEFAULT = Combination((("interface", "both"), ("auth", "both"), ("database", "sqlite")))
DEFAULTS = [DEFAULT.also(database=database) for database, _ in choices("database")]
LIBRARY = DEFAULT.also(resources=RESOURCES)


def sampled(salt: str) -> random.Random:
    """Return what draws a sample: another one for each seed of this run."""
    return random.Random(f"{SEED} {salt}")


OTHERS = [each for each in suites() if each not in DEFAULTS]
SOME = [*DEFAULTS, sampled("isolation").choice(OTHERS), LIBRARY]


def rare(value: object) -> ParameterSet:
    """Leave a case to the exhaustive run."""
    return pytest.param(value, marks=pytest.mark.exhaustive)


def some_of(cases: Iterable[C], number: int) -> list[C | ParameterSet]:
    """Draw some cases for this run, and leave the others to the exhaustive one."""
    offered = [*cases]
    drawn = sampled(f"cases {offered}").sample(offered, number)
    return [case if case in drawn else rare(case) for case in offered]


def name_of(answers: Combination) -> str:
    """Name a project."""
    return "library" if answers == LIBRARY else str(answers)


def on(projects: list[Combination], number: int = 0, salt: str = "") -> pytest.MarkDecorator:
    """Have a test's `suite` be that of each of these projects.

    With a number, so many are drawn for this run; the others are left to the exhaustive one.
    """
    drawn = sampled(f"projects {salt}").sample(projects, number) if number else projects
    listed = [each if each in drawn else rare(each) for each in projects]
    return pytest.mark.parametrize("suite", listed, indirect=True, ids=name_of)
