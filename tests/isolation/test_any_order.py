"""A generated suite comes to the same in any order: shuffled, each test alone, each test twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import DEFAULTS, OTHERS, SOME, on, sampled, some_of
from tests.support.outcomes import alone, twice

if TYPE_CHECKING:
    from tests.support.outcomes import Suite

SEEDS = sampled("order").sample(range(2**32), 10)
AT_LEAST, SAMPLE = 500, 40
MIXED = ("-p", "mixed")


def seeded(number: int) -> str:
    """Return the option by which pytest-randomly shuffles, and seeds what is random."""
    return f"--randomly-seed={number}"


def test_the_whole_suite_is_looked_at(suite: Suite) -> None:
    """A list of few tests would prove little."""
    assert len(suite.expected) >= AT_LEAST


@pytest.mark.parametrize("number", some_of(range(len(SEEDS)), 1))
@on(DEFAULTS, 1, "order")
def test_ten_random_orders(suite: Suite, number: int) -> None:
    """Every second one tears modules and classes apart as well."""
    suite.assert_same(*MIXED[: number % 2 * 2], seeded(SEEDS[number]))


@on(SOME, 1, "twice")
def test_each_test_twice(suite: Suite) -> None:
    """In one process, in any order, so that each meets what its twin has left."""
    result = suite.run("-p", "twice", *MIXED, seeded(SEEDS[0]))
    result.assert_same(twice(suite.expected))


@on(SOME, 1, "alone")
def test_some_tests_alone(suite: Suite) -> None:
    """No test needs another one before it."""
    some = sampled("alone").sample([*suite.expected], SAMPLE)
    alone(suite, some).assert_same(dict.fromkeys(some, "passed"))


@pytest.mark.exhaustive
@on(SOME)
def test_each_test_alone(suite: Suite) -> None:
    """What the test above samples, in full."""
    alone(suite, [*suite.expected]).assert_same(suite.expected)


@pytest.mark.exhaustive
@on(OTHERS)
def test_every_project_twice(suite: Suite) -> None:
    """Every interface, auth and database."""
    result = suite.run("-p", "twice", *MIXED, seeded(SEEDS[1]))
    result.assert_same(twice(suite.expected))
