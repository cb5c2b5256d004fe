"""Children of the hook: a clean environment, a log, and an end with the hook."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# What a surrounding virtual environment, uv, pip, pytest or git hook says of *itself*
# and what would send the project's own tools elsewhere.
FOREIGN = {
    "COLUMNS",
    "CONDA_PREFIX",
    "COVERAGE_PROCESS_CONFIG",
    "COVERAGE_PROCESS_START",
    "FLASK_APP",
    "FLASK_DEBUG",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
    "PIP_PREFIX",
    "PIP_TARGET",
    "PIP_USER",
    "PYTEST_ADDOPTS",
    "PYTEST_CURRENT_TEST",
    "PYTEST_PLUGINS",
    "PYTHONDONTWRITEBYTECODE",  # three times slower for each program that starts after the first
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_CONSTRAINT",
    "UV_FROZEN",
    "UV_LOCKED",
    "UV_NO_DEFAULT_GROUPS",
    "UV_NO_DEV",
    "UV_NO_SYNC",
    "UV_PROJECT",
    "UV_PROJECT_ENVIRONMENT",
    "UV_SYSTEM_PYTHON",
    "UV_WORKING_DIRECTORY",
    "VIRTUAL_ENV",
    # Copier's own words to the hook.
    "COPIER_OPERATION",
    "STAGE",
    "VERSION_CURRENT",
    "VERSION_FROM",
    "VERSION_PEP440_CURRENT",
    "VERSION_PEP440_FROM",
    "VERSION_PEP440_TO",
    "VERSION_TO",
}
TICK = 0.01  # seconds between two looks at the children


class Child:
    """A running program whose output goes to a file, never to a pipe that can break."""

    living: ClassVar[list[Child]] = []

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        log: Path,
        env: Mapping[str, str | None] | None = None,
    ) -> None:
        self.log = log
        self.started = time.monotonic()
        self.seconds = 0.0
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=clean_environment(env or {}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        Child.living.append(self)

    def running(self) -> bool:
        """Say whether the program goes on; note its time once it does not."""
        if self.popen.poll() is None:
            return True
        self.seconds = self.seconds or time.monotonic() - self.started
        return False

    def wait(self) -> int:
        """Return the exit status once the program has ended."""
        # Looking, not joining a thread: that is not safe to interrupt on every Python.
        while self.running():
            time.sleep(TICK)
            for other in Child.living:
                other.running()
        Child.living.remove(self)
        return self.popen.returncode

    def text(self) -> str:
        """Return what the program has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def clean_environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """Return the environment without what belongs to others, with changes (None: unset)."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    changed = {**kept, "PYTHONUNBUFFERED": "1", **changes}
    return {name: value for name, value in changed.items() if value is not None}


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    log: Path,
    env: Mapping[str, str | None] | None = None,
) -> int:
    """Run a program to its end."""
    return Child(command, cwd=cwd, log=log, env=env).wait()


def wait_for_all(patience: float) -> bool:
    """Say whether every child ended within so many seconds."""
    deadline = time.monotonic() + patience
    while any(child.running() for child in Child.living):
        if time.monotonic() >= deadline:
            return False
        time.sleep(TICK)
    return True


def signal_all(number: signal.Signals) -> None:
    """Send a signal to every child that still runs."""
    for child in Child.living:
        if child.running():
            child.popen.send_signal(number)
