"""No decorator of a view can go without a test that fails: `doc` too, which only tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.decorators import ANSWERS, cases
from tests.support.suite import say

if TYPE_CHECKING:
    from tests.faults.bench import Bench
    from tests.faults.catalogue import Case


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each decorator under each of its answers; the usual run tries it under one of them."""
    if "without" in metafunc.fixturenames:
        # A run of what is quick has no time to render projects and read views off them.
        found = [] if metafunc.config.option.markexpr == "quick" else cases()
        metafunc.parametrize(
            "without",
            [
                pytest.param(
                    each, id=str(each), marks=() if each.sampled else pytest.mark.exhaustive
                )
                for each in found
            ],
        )


def test_suite_misses_a_decorator(
    without: Case, bench: Bench, request: pytest.FixtureRequest
) -> None:
    """Tests ran, and at least one of them fails."""
    verdict = bench.try_out(without.fault, without.answers)
    assert verdict.red, f"{without} stays green\n{verdict.output[-2000:]}"
    say(request, f"{without}: {verdict.reason.partition(' - ')[0]}")


def test_decorators_are_found_under_all_answers() -> None:
    """An empty list would prove nothing."""
    assert {case.answers for case in cases()} == set(ANSWERS)
    assert len(cases()) >= 100
