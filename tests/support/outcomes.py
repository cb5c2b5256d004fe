"""What each test of a generated suite comes to, however the suite is run."""

from __future__ import annotations

import json
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.plugins.outcomes import FILE
from tests.support.suite import database_url
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLUGINS = Path(__file__).parent / "plugins"
QUIET = ("-q", "--no-cov", "-p", "no:cacheprovider")
LIMIT, TOO_LONG = 900, 124
LISTED, SHOWN = 20, 60


@dataclass(frozen=True)
class Run:
    """One run of a suite, and the command that repeats it."""

    command: str
    status: int
    output: str
    tests: dict[str, str]

    def complaints(self, expected: Mapping[str, str]) -> list[str]:
        """Name each test that came to something else than expected."""
        return [
            f"{name}: {self.tests.get(name, 'did not run')} instead of {expected.get(name, 'none')}"
            for name in sorted({*self.tests, *expected})
            if self.tests.get(name) != expected.get(name)
        ]

    def assert_same(self, expected: Mapping[str, str]) -> None:
        """Fail unless each test came to what is expected, and the run with them."""
        found = self.complaints(expected)
        if found or self.status or not expected:
            more = [f"... and {len(found) - LISTED} more"] if len(found) > LISTED else []
            end = self.output.splitlines()[-SHOWN:]
            lines = [*found[:LISTED], *more, f"exit status {self.status}", *end]
            pytest.fail("\n".join([*lines, "", f"Again: {self.command}"]), pytrace=False)


@dataclass(frozen=True)
class Suite:
    """A generated suite on a database, and what each of its tests must come to."""

    python: Path
    project: Path
    database: str
    expected: dict[str, str]

    def run(self, *options: str, **environ: str) -> Run:
        """Run it on a database of its own, where the shell names none."""
        url = database_url(self.database)
        address = {"TEST_DATABASE_URL": url} if url else {}
        return run(self.python, self.project, options, {**address, **environ})

    def assert_same(self, *options: str, **environ: str) -> None:
        """Run it and compare."""
        self.run(*options, **environ).assert_same(self.expected)


def run(
    python: Path,
    project: Path,
    options: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
    limit: int = LIMIT,
) -> Run:
    """Run a suite from its own folder or from another one; TOO_LONG if it does not end."""
    command = [str(python), "-m", "pytest", *QUIET, "-p", "outcomes", *options]
    own = {"PYTHONPATH": str(PLUGINS), **(environ or {})}
    with tempfile.TemporaryDirectory() as reports:
        report = Path(reports) / "outcomes.json"
        done = finished(command, folder or project, {**own, FILE: str(report)}, limit)
        tests = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
    words = [*(f"{name}={value}" for name, value in own.items()), *command]
    again = f"cd {shlex.quote(str(folder or project))} && env {shlex.join(words)}"
    return Run(again, done.returncode, done.stdout + done.stderr, tests)


def finished(
    command: list[str], folder: Path, environ: dict[str, str], limit: int
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, or to the end of our patience."""
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=clean_environ(**environ),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, TOO_LONG, "", f"no end in {limit} s")


def collected(python: Path, project: Path) -> dict[str, str]:
    """List the tests of a project, each of which must pass."""
    listing = run(python, project, ("--collect-only", "-p", "no:randomly"))
    listing.assert_same(listing.tests)
    return listing.tests


def alone(suite: Suite, tests: list[str], at_a_time: int = 2) -> Run:
    """Run each test in a process of its own, some at a time."""
    databases = [database_url(suite.database) for _ in range(at_a_time)]
    options = [*QUIET, "-p", "no:randomly"]
    task = {"tests": tests, "databases": databases, "options": options}
    with tempfile.TemporaryDirectory() as folder:
        order, answer = Path(folder) / "order.json", Path(folder) / "answer.json"
        order.write_text(json.dumps(task), encoding="utf-8")
        done = subprocess.run(
            [suite.python, "-m", "alone", order, answer],
            cwd=suite.project,
            env=clean_environ(PYTHONPATH=str(PLUGINS)),
            capture_output=True,
            text=True,
            check=False,
            timeout=4 * LIMIT,
        )
        found = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
    again = f"cd {suite.project} && {suite.python} -m pytest {shlex.join(options)} THE TEST"
    return Run(again, done.returncode, done.stdout + done.stderr, found)


def twice(expected: Mapping[str, str]) -> dict[str, str]:
    """Say what is expected of a suite whose tests each run twice."""
    return {again(name, time): word for name, word in expected.items() for time in TIMES}


TIMES = ("first", "second")


def again(name: str, time: str) -> str:
    """Name a test as it is called the first or the second time."""
    return f"{name[:-1]}-{time}]" if name.endswith("]") else f"{name}[{time}]"
