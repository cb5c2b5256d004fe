"""Ctrl-C at each step: one clean message, the files kept, no child and nothing half-made left."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hooks.machine import Machine


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


class Copying:
    """A copy that goes on in a process group of its own, as at a terminal."""

    def __init__(self, machine: Machine, **answers: str) -> None:
        self.log = machine.home.parent / "said"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                machine.command(*machine.copying("app", **answers)),
                cwd=machine.home,
                env=machine.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def assert_stopped_cleanly(self, project: Path) -> None:
        """Copier ends with an error and says it once; nobody of its group lives on."""
        assert self.process.wait(20) == 1
        said = self.log.read_text(encoding="utf-8")
        assert said.count("NOT VALIDATED. Your files are kept") == 1
        assert "Traceback" not in said
        assert (project / "pyproject.toml").exists()
        wait_for(lambda: not alive(self.process.pid))


def alive(group: int) -> bool:
    """Say whether a process group has any member left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_while_the_environment_is_made(machine: Machine) -> None:
    """A half-made environment goes, and the next run starts afresh."""
    started = machine.home.parent / "started"
    slow = machine.home.parent / "slow"
    slow.mkdir()
    uv = slow / "uv"
    uv.write_text(
        f'#!/bin/sh\nmkdir -p "$UV_PROJECT_ENVIRONMENT/half"\n: > "{started}"\nexec sleep 60\n',
        encoding="utf-8",
    )
    uv.chmod(0o755)
    working = machine.environment["PATH"]
    machine.environment["PATH"] = f"{slow}{os.pathsep}{working}"
    project = machine.home / "app"

    copying = Copying(machine)
    wait_for(started.exists)
    os.killpg(copying.process.pid, signal.SIGINT)

    copying.assert_stopped_cleanly(project)
    assert not (project / ".venv").exists()
    wait_for(lambda: not [*project.glob(".venv-*")])
    machine.environment["PATH"] = working
    again = machine.copy("app", "--overwrite")
    assert again.returncode == 0, again.stdout


@pytest.mark.parametrize("whole_group", [True, False], ids=["everybody", "the-hook-alone"])
def test_while_the_suite_runs(machine: Machine, whole_group: bool) -> None:
    """The suite is given time to stop the servers that it started."""
    marks = machine.home.parent
    copying = Copying(machine, suite="slow")
    wait_for(lambda: (marks / "hook.pid").exists() and (marks / "hook.pid").read_text() != "")
    hook = int((marks / "hook.pid").read_text(encoding="utf-8"))

    if whole_group:
        os.killpg(copying.process.pid, signal.SIGINT)
    else:
        os.kill(hook, signal.SIGINT)

    copying.assert_stopped_cleanly(machine.home / "app")
    assert (marks / "torn-down").exists(), "the suite was killed before it could stop its server"
