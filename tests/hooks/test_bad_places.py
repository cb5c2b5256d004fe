"""Disks that are full and folders that may not be written: nothing half-made stays."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import watch

from tests.hooks.told import assert_told
from tests.support.machine import does_without

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hooks.machine import Machine


def on_a_small_disk(folder: Path, size: str) -> list[str]:
    """Return what to put before a command that finds a small disk in a folder."""
    folder.mkdir(exist_ok=True)
    unshare = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    mount = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    command = [*unshare, "sh", "-c", mount, str(folder)]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        does_without("right to mount a small disk")
    return command


def as_plain_user() -> list[str]:
    """Return what to put before a command that may no more than a plain user."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def copying(machine: Machine, destination: str, *flags: str) -> list[str]:
    """Return the command of a copy."""
    return machine.command(*machine.copying(destination, *flags))


def test_a_full_disk_while_files_are_written(machine: Machine) -> None:
    """Copier takes away what it has made of a new folder."""
    disk = on_a_small_disk(machine.home / "small", "16k")

    done = machine.run([*disk, *copying(machine, "small/app")])

    assert_told("a full disk while files are written", done)


def test_a_full_disk_while_the_environment_is_made(machine: Machine) -> None:
    """The files are there, nothing half-made is."""
    disk = on_a_small_disk(machine.home / "small", "1m")

    done = machine.run(
        [*disk, "sh", "-c", '"$@"; ls -A small/app', "sh", *copying(machine, "small/app")]
    )

    assert_told("a full disk while the environment is made", done)
    listed = done.stdout.split()
    assert "pyproject.toml" in listed
    assert ".venv" not in listed


def test_a_full_disk_while_an_update_writes(machine: Machine) -> None:
    """What Copier has overwritten is in git, and it is said how to get it back."""
    machine.own_template()
    disk = on_a_small_disk(machine.home / "app", "1m")
    machine.template.joinpath("template/large.txt").write_text("x" * 1_500_000, encoding="utf-8")
    script = (
        'cp -R ../made/. . && git config gc.auto 0 && "$@"; status=$?;'
        # Who reads what to do has read it: what it is about is there until it is said.
        f"for _ in $(seq 100); do [ -e .git/{watch.MARKER} ] || break; sleep 0.1; done;"
        "git reset --quiet --hard && git clean -fdq && git status --porcelain; exit $status"
    )
    project = machine.project()
    project.rename(machine.home / "made")
    (machine.home / "app").mkdir()
    machine.release("template/notes.txt", "first", "new first")

    done = machine.run(
        [
            *disk,
            "sh",
            "-c",
            f"cd app && {script}",
            "sh",
            *machine.command("update", "--trust", "--defaults"),
        ]
    )

    assert_told("a full disk while an update writes", done)


@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_a_folder_that_may_not_be_written(machine: Machine, there: bool) -> None:
    """Copier's last line names it; nothing was written."""
    folder = machine.home / "closed"
    folder.mkdir()
    folder.chmod(0o555)

    done = machine.run([*as_plain_user(), *copying(machine, "closed" if there else "closed/app")])

    assert_told("a folder that may not be written", done)
    assert not [*folder.iterdir()]


def test_a_cache_that_may_not_be_written(machine: Machine) -> None:
    """No environment is made, and the line names the folder."""
    cache = machine.home / "cache"
    cache.mkdir()
    cache.chmod(0o555)
    machine.environment["UV_CACHE_DIR"] = str(cache)

    done = machine.run([*as_plain_user(), *copying(machine, "app")])

    assert_told("a cache that may not be written", done)
    assert not (machine.home / "app/.venv").exists()


def test_a_plain_user(machine: Machine) -> None:
    """Nothing needs the rights of root."""
    done = machine.run([*as_plain_user(), *copying(machine, "app")])

    assert_told("all is well", done)
