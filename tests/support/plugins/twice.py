"""A plugin of pytest that has each test run twice in one process."""

from __future__ import annotations

import pytest


@pytest.fixture
def again(request: pytest.FixtureRequest) -> object:
    """Return which time it is."""
    return request.param


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Add a last parameter to each test."""
    metafunc.fixturenames.append("again")
    metafunc.parametrize("again", [1, 2], ids=["first", "second"], indirect=True)
