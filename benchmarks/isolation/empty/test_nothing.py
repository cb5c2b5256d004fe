"""A test of nothing: what pytest itself costs."""

from __future__ import annotations

import os

import pytest

TESTS = int(os.environ["BENCH_TESTS"])


@pytest.mark.parametrize("number", range(TESTS))
def test_nothing(number: int) -> None:
    """Do nothing."""
    assert number >= 0
