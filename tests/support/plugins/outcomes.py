"""A plugin of pytest that keeps what each test came to, or with --collect-only which there are."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FILE = "EVERGREEN_OUTCOMES"


class Outcomes:
    """Collects the outcome of each test: the worst of its set-up, its call and its tear-down."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: dict[str, str] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the tests that would run, where none does."""
        if session.config.option.collectonly:
            self.found = dict.fromkeys((item.nodeid for item in session.items), "passed")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one step of a test."""
        outcome = word(report)
        if outcome != "passed" or report.nodeid not in self.found:
            self.found[report.nodeid] = outcome

    def pytest_sessionfinish(self) -> None:
        """Write them down."""
        self.file.write_text(json.dumps(self.found), encoding="utf-8")


def word(report: pytest.TestReport) -> str:
    """Say in a word how a step went."""
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    if report.failed and report.when != "call":
        return "error"
    return report.outcome


def pytest_configure(config: pytest.Config) -> None:
    """Listen where all reports arrive: in the only process, or in that which has workers."""
    if FILE in os.environ and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(Path(os.environ[FILE])))
