"""Running a generated project's own suite, and what it said."""

from __future__ import annotations

import json
import re
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.support.machine import server_url
from tests.support.tools import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@dataclass(frozen=True)
class Result:
    """What a run of a suite came to."""

    status: int
    output: str
    seconds: float
    tests: int
    skipped: int
    coverage: float

    def summary(self) -> str:
        """Say it in one line."""
        return f"{self.tests} tests in {self.seconds:.1f} s, coverage {self.coverage:g} %"

    def assert_green(self, at_least: int) -> None:
        """Fail unless all tests passed, none was left out, and every branch was taken."""
        tail = "\n".join(self.output.splitlines()[-60:])
        assert self.status == 0, tail
        assert self.skipped == 0, tail
        assert self.coverage == 100, tail
        assert self.tests >= at_least, tail
        assert not re.search(r"\d+ (deselected|xfailed|xpassed|warning|rerun)", tail), tail


def run_suite(python: Path, project: Path, *options: str, database_url: str = "") -> Result:
    """Run a project's suite with the shared environment, and read its reports."""
    environ = {"TEST_DATABASE_URL": database_url} if database_url else {}
    reports = ("--junit-xml=.report.xml", "--cov-report=json:.coverage.json")
    start = time.monotonic()
    done = run(python, project, "pytest", "-q", *reports, *options, **environ)
    seconds = time.monotonic() - start
    return Result(
        done.returncode,
        done.stdout + done.stderr,
        seconds,
        *counted(project / ".report.xml"),
        covered(project / ".coverage.json"),
    )


def counted(report: Path) -> tuple[int, int]:
    """Read how many tests ran, and how many were left out."""
    if not report.exists():
        return 0, 0
    suites = ET.parse(report).getroot().iter("testsuite")
    counts = [(int(suite.attrib["tests"]), int(suite.attrib["skipped"])) for suite in suites]
    return sum(tests for tests, _ in counts), sum(skipped for _, skipped in counts)


def covered(report: Path) -> float:
    """Read the branch coverage in per cent."""
    if not report.exists():
        return 0
    document = json.loads(report.read_text(encoding="utf-8"))
    if not document["meta"]["branch_coverage"]:
        return 0
    return float(document["totals"]["percent_covered"])


def database_url(database: str) -> str:
    """Return the address of a test database of our own on this machine's server."""
    if database == "sqlite":
        return ""
    return f"{server_url(database)}/evergreen_test_{uuid.uuid4().hex[:8]}"


def say(request: pytest.FixtureRequest, line: str) -> None:
    """Have a line printed at the end of the run."""
    request.node.user_properties.append(("said", line))
