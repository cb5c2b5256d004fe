"""Where faults are put into projects, and the suites of those run."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tests.faults.nearest import groups
from tests.faults.projects import project
from tests.support.outcomes import PLUGINS
from tests.support.rendering import SECONDS, synchronise
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from tests.faults.fault import Fault

OPTIONS = ("-q", "-x", "--no-cov", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=short")
LIMIT = 180
FAILED = 1
FIRST = re.compile(r"^(FAILED|ERROR) tests/.*", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    """What the suite of a project with a fault came to."""

    status: int
    output: str

    @property
    def red(self) -> bool:
        """Whether a test failed, or had no end."""
        return self.status in {FAILED, -signal.SIGALRM}

    @property
    def reason(self) -> str:
        """Name the first test that failed."""
        found = FIRST.search(self.output)
        return found[0] if found else f"status {self.status}: {self.output[-200:]}"


class Bench:
    """A folder with a copy of each project, and a process that runs their suites."""

    def __init__(self, python: Path, folder: Path, base: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [python, PLUGINS / "standby.py", base],
            env=clean_environ(PYTHONPATH=str(PLUGINS), PYTHONPYCACHEPREFIX=str(folder / "cache")),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.answer() == "ready"

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the process."""
        self.process.communicate()

    def try_out(self, fault: Fault, answers: str) -> Verdict:
        """Put a fault into a fresh copy of a project; run its suite until a test fails."""
        place = self.fresh(answers)
        fault.put_into(place)
        for file in fault.files:
            second = next(SECONDS)  # its bytecode is that of no earlier state
            os.utime(place / file, (second, second))
        verdict = Verdict(0, "")
        for group in groups(place, fault.files):
            verdict = self.run(place, *group)
            if verdict.status:
                break
        return verdict

    def fresh(self, answers: str) -> Path:
        """Return a copy of the project of some answers."""
        place = self.folder / answers
        synchronise(project(answers), place)
        return place

    def run(self, place: Path, *options: str) -> Verdict:
        """Run pytest in a project."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as output:
            order = {
                "project": str(place),
                "options": [*OPTIONS, *options],
                "output": output.name,
                "seconds": LIMIT,
            }
            assert self.process.stdin
            self.process.stdin.write(f"{json.dumps(order)}\n")
            self.process.stdin.flush()
            return Verdict(int(self.answer()), output.read())

    def answer(self) -> str:
        """Read a line of the process."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()
