"""A test that leaves something behind fails, and no other one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import leaks

if TYPE_CHECKING:
    from pathlib import Path

# Parts of pytest that would take longer than the tests below.
WITHOUT = ("cacheprovider", "logging", "terminal", "threadexception", "unraisableexception")
SUITE = """
import os
import pytest
from flask import Flask

@pytest.fixture(scope="module")
def lasting():
    global made
    os.environ["LASTING"], made = "set", {}
    yield Flask("lasting")
    del os.environ["LASTING"], made

@pytest.fixture
def first(monkeypatch, lasting):
    monkeypatch.setenv("SHARED", "1")
    monkeypatch.setitem(lasting.config, "SHARED", 1)

@pytest.fixture
def second(monkeypatch):
    monkeypatch.setenv("SHARED", "2")

@pytest.fixture
def third(monkeypatch, lasting):
    monkeypatch.setitem(lasting.config, "SHARED", 3)

@pytest.fixture
def builds_on_first(first, monkeypatch):
    monkeypatch.setenv("SHARED", "4")

def test_leaky(monkeypatch, lasting):
    monkeypatch.setenv("LEAKED", "put back by monkeypatch")
    monkeypatch.undo()
    os.environ["LEAKED"] = "yes"
    lasting.config["LEAKED"] = "yes"
    made["LEAKED"] = "yes"

def test_next(lasting):
    assert "LEAKED" not in {**os.environ, **lasting.config, **made}

def test_two_set_one_variable(first, second): pass
def test_two_set_one_setting(first, third): pass
def test_one_builds_on_the_other(builds_on_first): pass
"""


class Outcomes:
    """Keeps how tests end."""

    def __init__(self) -> None:
        self.failures: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a failure says."""
        name = report.nodeid.partition("::")[2]
        self.failures.setdefault(name, []).extend(report.longreprtext.splitlines())


def test_only_the_test_that_leaks_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_made_up.py").write_text(SUITE)
    outcomes = Outcomes()
    without = [f"-pno:{name}" for name in WITHOUT]

    pytest.main(
        [str(tmp_path), "--import-mode=importlib", "-s", *without], plugins=[leaks, outcomes]
    )

    culprit, by_two = "test_made_up.py::test_leaky leaks", "is set by two fixtures:"
    assert outcomes.failures == {
        "test_leaky": [
            f"{culprit} os.environ['LEAKED']: was unset, is 'yes'",
            f"{culprit} lasting.config['LEAKED']: was unset, is 'yes'",
            f"{culprit} test_made_up.made['LEAKED']: was unset, is 'yes'",
        ],
        "test_next": [],
        "test_two_set_one_variable": [
            f"os.environ['SHARED'] {by_two} first (test_made_up.py) and second (test_made_up.py)"
        ],
        "test_two_set_one_setting": [
            f"lasting.config['SHARED'] {by_two} first (test_made_up.py) and third (test_made_up.py)"
        ],
        "test_one_builds_on_the_other": [],
    }
