"""Ctrl-C at each step: one clean message, the files kept, no child and nothing half-made left."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import commit, edit, sh
from tests.hooks.running import Running, dirty, wait_for
from tests.hooks.told import assert_said, assert_told
from tests.support.terminal import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hooks.machine import Machine


def copying(machine: Machine, **answers: str) -> Running:
    """Begin to make a project."""
    return Running(machine, machine.command(*machine.copying("app", **answers)))


def updating(machine: Machine, project: Path) -> Running:
    """Begin to update a project."""
    return Running(machine, machine.command("update", "--trust", "--defaults"), project)


@pytest.fixture
def changing(machine: Machine) -> Machine:
    """Return a machine with a template of its own, which may get a later version."""
    return machine.own_template()


def hang(machine: Machine, *, at: str) -> Path:
    """Let uv hang at one of its commands; return the file that is there from then on."""
    started = machine.home.parent / "started"
    slow = machine.home.parent / "slow"
    slow.mkdir()
    uv = slow / "uv"
    real = shutil.which("uv", path=machine.environment["PATH"])
    uv.write_text(
        f'#!/bin/sh\n[ "$1" = {at} ] || exec "{real}" "$@"\n'
        f'mkdir -p "${{UV_PROJECT_ENVIRONMENT:-.venv}}/half"\n: > "{started}"\nexec sleep 60\n',
        encoding="utf-8",
    )
    uv.chmod(0o755)
    machine.environment["PATH"] = f"{slow}{os.pathsep}{machine.environment['PATH']}"
    return started


def slowly(template: Path) -> None:
    """Make three files of the template take some seconds each, whichever comes first."""
    loop = "[% for _ in range(9999) %][% for _ in range(900) %][% endfor %][% endfor %]\n"
    for folder in ("", "app", "tests"):
        (template / "template" / folder / "slow.txt.jinja").write_text(loop, encoding="utf-8")


def test_at_a_question(machine: Machine) -> None:
    """Nothing has been written yet."""
    command = machine.command("copy", "--trust", str(machine.template), "app")
    with terminal(command, machine.home, machine.environment) as screen:
        screen.wait_for("database")
        screen.type("\x03")
        status = screen.finish()

    assert_said("Ctrl-C at a question", status, screen.text)
    assert not (machine.home / "app").exists()


def test_at_a_question_of_an_update(changing: Machine) -> None:
    """Nothing of the project has changed."""
    project = changing.project()
    changing.release("template/notes.txt", "first", "new first")
    command = changing.command("update", "--trust")
    with terminal(command, project, changing.environment) as screen:
        screen.wait_for("database")
        screen.type("\x03")
        status = screen.finish()

    assert_said("Ctrl-C at a question", status, screen.text)
    assert sh("git", "status", "--porcelain", cwd=project) == ""


def test_while_files_are_written(changing: Machine) -> None:
    """What is there stays, and the same command goes on from there."""
    slowly(changing.template)
    commit(changing.template, "slow", tag="v1.0.1")
    project = changing.home / "app"

    running = copying(changing)
    wait_for(lambda: [*project.rglob("*.txt")] != [])
    running.interrupt()

    running.assert_told("Ctrl-C while files are written")
    assert_told("all is well", changing.copy("app", "--overwrite"))


def test_while_an_update_writes(changing: Machine) -> None:
    """The edits are in git alone now: it is said how to get them back, and they come back."""
    project = changing.project()
    edit(project, "notes.txt", "last", "my last")
    slowly(changing.template)
    changing.release("template/notes.txt", "first", "new first")

    running = updating(changing, project)
    wait_for(lambda: (project / ".git/copier-update").exists() and dirty(project))
    running.interrupt()

    running.assert_told("Ctrl-C while an update writes")
    assert not (project / ".git/copier-update").exists()
    sh("sh", "-c", "git reset --hard && git clean -fd", cwd=project)
    assert (project / "notes.txt").read_text(encoding="utf-8").endswith("my last\n")
    assert not dirty(project)


def test_while_the_environment_is_made(machine: Machine) -> None:
    """A half-made environment goes, and the next run starts afresh."""
    working = machine.environment["PATH"]
    started = hang(machine, at="sync")
    project = machine.home / "app"

    running = copying(machine)
    wait_for(started.exists)
    running.interrupt()

    running.assert_told("Ctrl-C in the hook")
    assert not (project / ".venv").exists()
    wait_for(lambda: not [*project.glob(".venv-*")])
    machine.environment["PATH"] = working
    again = machine.copy("app", "--overwrite")
    assert again.returncode == 0, again.stdout


def test_while_the_environment_of_an_update_is_made(changing: Machine) -> None:
    """The merge is done and stays."""
    project = changing.project()
    changing.release("template/notes.txt", "first", "new first")
    started = hang(changing, at="sync")

    running = updating(changing, project)
    wait_for(started.exists)
    running.interrupt()

    running.assert_told("Ctrl-C in the hook")
    assert (project / "notes.txt").read_text(encoding="utf-8").startswith("new first")


def test_while_a_migration_is_made(changing: Machine) -> None:
    """The suite that may have begun beside it ends too."""
    project = changing.project(suite="slow", extra="true")
    started = changing.home.parent / "started"
    (project / "alembic.py").write_text(
        f"import pathlib, time\npathlib.Path({str(started)!r}).touch()\ntime.sleep(60)\n",
        encoding="utf-8",
    )
    commit(project, "a module that hangs where migrations are made")
    changing.release("template/notes.txt", "first", "new first")

    running = updating(changing, project)
    wait_for(started.exists)
    wait_for((changing.home.parent / "hook.pid").exists)
    running.interrupt()

    running.assert_told("Ctrl-C in the hook")
    assert (changing.home.parent / "torn-down").exists()


def test_while_the_lock_is_freed(machine: Machine) -> None:
    """The suite has passed, but the whole has not: it is said so."""
    started = hang(machine, at="lock")

    running = copying(machine)
    wait_for(lambda: started.exists() and machine.runs == 1)
    running.interrupt()

    running.assert_told("Ctrl-C in the hook")
    assert (machine.home / "app/uv.lock").exists()


@pytest.mark.parametrize(
    ("update", "whole_group"),
    [
        (False, True),
        (False, False),
        (True, True),
        pytest.param(True, False, marks=pytest.mark.exhaustive),
    ],
    ids=["copy", "copy, the hook alone", "update", "update, the hook alone"],
)
def test_while_the_suite_runs(changing: Machine, update: bool, whole_group: bool) -> None:
    """The suite is given time to stop the servers that it started."""
    marks = changing.home.parent
    if update:
        project = changing.project(suite="slow")
        changing.release("template/notes.txt", "first", "new first")
        running = updating(changing, project)
    else:
        running = copying(changing, suite="slow")
    wait_for(lambda: (marks / "hook.pid").exists() and (marks / "hook.pid").read_text() != "")
    if whole_group:
        running.interrupt()
    else:
        os.kill(int((marks / "hook.pid").read_text(encoding="utf-8")), signal.SIGINT)

    running.assert_told("Ctrl-C in the hook")
    assert (marks / "torn-down").exists(), "the suite was killed before it could stop its server"
