"""The project's own suite, run once, and what its machine-readable reports say."""

from __future__ import annotations

import json
import re
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from processes import Child
from tools import CannotValidateError

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

PROGRESS = re.compile(r"\[\s*(\d+)/(\d+)\]")
EXIT = re.compile(r"(?m)Exit: (.+?)[ !]*$")
OUTPUT = (
    "--color=no",
    *("-o", "console_output_style=count"),
    *("-o", "verbosity_test_cases=1"),
)
USAGE_ERROR = 4  # with which the generated suite exits where there is no test database


@dataclass
class Verdict:
    """What the suite said."""

    passed: bool
    tests: int = 0
    coverage: str = ""
    problems: list[str] = field(default_factory=list)
    bad: int = 0
    skipped: int = 0

    def summary(self) -> str:
        """Say it in a few words."""
        counts = f"{self.tests - self.bad} tests passed"
        if self.bad:
            counts = f"{self.bad} failed, {counts}"
        elif not self.passed:
            counts = f"not accepted, {counts}"
        if self.skipped:
            counts += f", {self.skipped} skipped"
        return counts + (f", coverage {self.coverage} %" if self.coverage else "")


class Suite:
    """A running suite."""

    def __init__(self, project: Path, environment: Environment, work: Path) -> None:
        self.report = work / "report.xml"
        self.coverage = work / "coverage.json"
        command: list[str | Path] = [
            environment.python,
            "-m",
            "pytest",
            f"--junitxml={self.report}",
            *OUTPUT,
        ]
        if environment.packages("pytest_cov"):
            command.append(f"--cov-report=json:{self.coverage}")
        self.child = Child(command, cwd=project, log=work / "validation.log")

    def stop(self) -> None:
        """End it, for what it tests has changed; nothing is left of it."""
        self.child.popen.send_signal(signal.SIGINT)
        self.child.wait()
        for path in (self.report, self.coverage, self.child.log):
            path.unlink(missing_ok=True)

    def progress(self) -> str:
        """Return how far it has come."""
        counts = PROGRESS.findall(self.child.text())
        return "{} of {} tests".format(*counts[-1]) if counts else "starting"

    def verdict(self) -> Verdict:
        """Wait for its end and read its reports."""
        status = self.child.wait()
        text = self.child.text()
        exited = EXIT.search(text)
        if status == USAGE_ERROR and exited:
            raise CannotValidateError(exited[1])
        verdict = Verdict(passed=status == 0)
        self._count(verdict)
        if self.coverage.exists():
            totals = json.loads(self.coverage.read_bytes())["totals"]
            verdict.coverage = str(totals["percent_covered_display"])
        if not verdict.passed:
            verdict.problems = problems(text) or [f"pytest ended with status {status}"]
        return verdict

    def _count(self, verdict: Verdict) -> None:
        try:
            root = ET.parse(self.report).getroot()
        except (OSError, ET.ParseError):
            return
        for run in root.iter("testsuite"):
            verdict.skipped += int(run.get("skipped", 0))
            verdict.tests += int(run.get("tests", 0)) - int(run.get("skipped", 0))
            verdict.bad += int(run.get("failures", 0)) + int(run.get("errors", 0))


def problems(log: str) -> list[str]:
    """Return the lines of a log that name what went wrong."""
    named = re.findall(r"(?m)^(?:FAILED|ERROR) (\S+\.py.*?)(?: - .*)?$", log)
    gates = re.findall(r"(?m)^(?:FAIL|ERROR:|INTERNALERROR>) +(\S.*)$", log)
    return list(dict.fromkeys([*named, *gates]))
