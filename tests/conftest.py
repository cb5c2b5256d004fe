"""What all tests of the template share: rendering, environments, and the list of lacks."""

from __future__ import annotations

import os
import random
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.support.environments import environment
from tests.support.rendering import render, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

SEED = "EVERGREEN_SEED"
LACKS = "EVERGREEN_LACKS"


class Render(Protocol):
    """Renders a project from answers into a new folder."""

    def __call__(self, answers: Mapping[str, Any], /) -> Path:
        """Return the folder."""


@pytest.fixture(scope="session", autouse=True)
def hearing() -> None:
    """Hear Ctrl-C, and let children hear it: a run in the background of a script is deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the template that nobody changes while the tests run."""
    return take_snapshot(tmp_path_factory.mktemp("template") / "snapshot")


@pytest.fixture
def render_project(snapshot: Path, tmp_path: Path) -> Render:
    """Return the function that renders a project from answers."""
    return partial(render, snapshot, tmp_path / "project")


@pytest.fixture(scope="session")
def python() -> Path:
    """Return an interpreter that has what any generated project needs, under this Python."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return environment(version, Path(sys.executable).resolve())


@pytest.fixture(scope="session")
def worker() -> str:
    """Name this process among the workers of pytest-xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """Return a folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker == "main" else own.parent) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


def pytest_configure() -> None:
    """Choose the seed of what is sampled, before any worker starts."""
    os.environ.setdefault(SEED, str(random.randrange(10**6)))


def pytest_report_header() -> str:
    """Name the seed, so that a run can be repeated."""
    return f"seed of what is sampled: {SEED}={os.environ[SEED]}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests had to say, and list what the machine lacks for the command that ran us."""
    passed = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    for line in sorted(str(text) for report in passed for _, text in report.user_properties):
        terminalreporter.write_line(line)
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped}
    if reasons and LACKS in os.environ:
        with Path(os.environ[LACKS]).open("a", encoding="utf-8") as file:
            file.writelines(f"{reason}\n" for reason in sorted(reasons))
