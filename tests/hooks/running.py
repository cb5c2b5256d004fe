"""A command that goes on while a test looks at it, and its Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from tests.hooks.machine import sh
from tests.hooks.told import assert_said, days

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hooks.machine import Machine


PATIENCE = 60


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, as long as a busy machine may take."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


class Running:
    """A command that goes on in a process group of its own, as at a terminal."""

    def __init__(self, machine: Machine, command: list[str], cwd: Path | None = None) -> None:
        self.log = machine.home.parent / "said"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=cwd or machine.home,
                env=machine.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        machine.going_on.append(self.process)

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)

    def assert_told(self, day: str) -> None:
        """Check that it ends as the document tells, and that nobody of its group lives on."""
        status = self.process.wait(PATIENCE)
        wait_for(lambda: not alive(self.process.pid))
        # What watches an update speaks once Copier has ended.
        wait_for(lambda: not self.incomplete(day))
        said = self.log.read_text(encoding="utf-8")
        assert_said(day, status, said)
        assert "Traceback" not in said
        assert said.count("Your") <= 1

    def incomplete(self, day: str) -> bool:
        """Say whether the last message of a day has not come yet."""
        last = days()[day][1][-1].partition("…")[0]
        return last not in self.log.read_text(encoding="utf-8")


def alive(group: int) -> bool:
    """Say whether a process group has any member left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def dirty(project: Path) -> bool:
    """Say whether git sees a change, without a lock that a git of the command would run into."""
    return sh("git", "--no-optional-locks", "status", "--porcelain", cwd=project) != ""
