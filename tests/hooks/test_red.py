"""A red suite: Copier ends with an error and nothing is deleted unless its owner says so."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.hooks.machine import Machine

KEEP, SHOW, DELETE = "\r", "\x1b[B\r", "\x1b[B\x1b[B\r"


def assert_kept(project: Path, said: str) -> None:
    """Check that the project and its log are there and the message says where."""
    assert "2 failed, 2 tests passed" in said
    assert "tests/test_app.py::test_two[0]" in said
    assert str(project / "validation.log") in said.replace("\r\n", "\n")
    assert "test_two[1] FAILED" in (project / "validation.log").read_text(encoding="utf-8")
    assert (project / "tests/test_app.py").exists()
    assert (project / ".venv").exists()
    assert "Traceback" not in said


@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_a_new_folder_is_kept(machine: Machine, absolute: bool) -> None:
    """A folder that Copier made stays, however it was named."""
    project = machine.home / "naïve café/my app"

    done = machine.copy(project if absolute else project.relative_to(machine.home), suite="red")

    assert done.returncode == 1
    assert_kept(project, done.stdout)


def test_a_folder_that_was_there_is_kept(machine: Machine) -> None:
    """A folder that was there before stays too, with what was in it."""
    project = machine.home / "there"
    project.mkdir()
    (project / "mine.txt").write_text("mine", encoding="utf-8")

    done = machine.copy(project, suite="red")

    assert done.returncode == 1
    assert_kept(project, done.stdout)
    assert (project / "mine.txt").exists()


def test_the_command_of_an_installed_copier(machine: Machine) -> None:
    """The installed command behaves as the module does."""
    copier = str(Path(sys.executable).parent / "copier")

    done = machine.run([copier, *machine.copying("app", suite="red")])

    assert done.returncode == 1
    assert_kept(machine.home / "app", done.stdout)


def test_a_copier_that_does_not_clean_up(machine: Machine) -> None:
    """Where Copier keeps the project anyway, the hook fails as any task does."""
    done = machine.copy("app", "--no-cleanup", suite="red")

    assert done.returncode == 1
    assert_kept(machine.home / "app", done.stdout)
    assert "returned non-zero exit status" in done.stdout


def test_a_copier_that_a_script_started_in_the_background(machine: Machine) -> None:
    """A Copier that ignores Ctrl-C is stopped in another way."""
    deaf = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]

    done = machine.run([*deaf, *machine.command(*machine.copying("app", suite="red"))])

    assert done.returncode != 0
    assert_kept(machine.home / "app", done.stdout)


def test_a_validation_log_of_before_is_gone_when_the_suite_is_green(machine: Machine) -> None:
    """No log of an earlier failure is left to confuse."""
    project = machine.home / "app"
    machine.copy(project, suite="red")

    done = machine.copy(project, "--overwrite", suite="green")

    assert "validated in" in done.stdout
    assert not (project / "validation.log").exists()


def test_a_reader_who_goes_away(machine: Machine) -> None:
    """Output that nobody reads any more costs nothing but the output."""
    piped = ["sh", "-c", '"$@" | true', "sh"]

    machine.run([*piped, *machine.command(*machine.copying("app", "--quiet", suite="red"))])

    assert (machine.home / "app/validation.log").exists()


def at_a_terminal(machine: Machine, *keys: str) -> tuple[int, str]:
    """Copy with a red suite and answer each question with its keys."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        machine.command(*machine.copying("app", suite="red")),
        cwd=machine.home,
        env={**machine.environment, "PROMPT_TOOLKIT_NO_CPR": "1", "TERM": "xterm"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    said, pending, deadline = "", list(keys), time.monotonic() + 30
    while time.monotonic() < deadline:
        if ours in select.select([ours], [], [], 0.1)[0]:
            try:
                said += os.read(ours, 65536).decode("utf-8", "replace")
            except OSError:  # the other end is closed: Copier has ended
                break
        asked = said.count("(Use arrow keys)")
        if pending and asked > len(keys) - len(pending):
            time.sleep(0.2)
            os.write(ours, pending.pop(0).encode())
    os.close(ours)
    return process.wait(10), said


def test_at_a_terminal_its_owner_keeps_it(machine: Machine) -> None:
    """The first choice keeps everything."""
    status, said = at_a_terminal(machine, KEEP)

    assert status == 1
    assert_kept(machine.home / "app", said)


def test_at_a_terminal_its_owner_reads_the_log_first(machine: Machine) -> None:
    """After the log the question comes again."""
    status, said = at_a_terminal(machine, SHOW, KEEP)

    assert status == 1
    assert "short test summary info" in said
    assert_kept(machine.home / "app", said)


def test_at_a_terminal_its_owner_deletes_it(machine: Machine) -> None:
    """Only an explicit choice deletes."""
    status, said = at_a_terminal(machine, DELETE)

    assert status == 1
    assert "What now?" in said
    assert not (machine.home / "app").exists()
