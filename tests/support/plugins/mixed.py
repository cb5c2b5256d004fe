"""A plugin of pytest that shuffles all tests, across modules and classes, by the run's seed."""

from __future__ import annotations

import random

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave no two tests together that have anything to do with each other."""
    random.Random(config.getoption("randomly_seed")).shuffle(items)
