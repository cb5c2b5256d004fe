"""A `.venv` that is there already: what is the user's stays, what does not work is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hooks.told import assert_told
from tests.isolation.projects import some_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hooks.machine import Machine


def junk(venv: Path) -> None:
    """Put files of the user's where the environment goes."""
    venv.mkdir(parents=True)
    (venv / "mine").write_text("mine", encoding="utf-8")


def moved(venv: Path) -> None:
    """Leave an environment of another Python that has gone."""
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /gone/bin\nversion = 3.9.1\n", encoding="utf-8")
    (venv / "bin/python").symlink_to("/gone/bin/python3")


def half_made(venv: Path) -> None:
    """Leave what an installation had made when it was killed."""
    (venv / "lib/python3.11/site-packages/pytest").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /gone/bin\n", encoding="utf-8")


def older(venv: Path) -> None:
    """Leave an environment that says it is of a Python too old for the project."""
    moved(venv)
    (venv / "bin/python").unlink()
    python = venv / "bin/python"
    python.write_text("#!/bin/sh\necho 3.9.1\n", encoding="utf-8")
    python.chmod(0o755)


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "moved, uv": (moved, "uv"),
    "half made, uv": (half_made, "uv"),
    "moved, pip": (moved, "pip"),
    "half made, pip": (half_made, "pip"),
    "older, pip": (older, "pip"),
}


def test_a_folder_of_somebody_elses(machine: Machine) -> None:
    """Nothing of the user's is deleted to make room."""
    junk(machine.home / "app/.venv")

    done = machine.copy("app")

    assert_told("a `.venv` that is none", done)
    assert (machine.home / "app/.venv/mine").exists()


@pytest.mark.parametrize("what", some_of(BROKEN, 2))
def test_an_environment_that_does_not_work(machine: Machine, what: str) -> None:
    """It is made anew."""
    leave, tool = BROKEN[what]
    if tool == "pip":
        machine.without("uv")
    leave(machine.home / "app/.venv")

    done = machine.copy("app")

    assert_told("all is well", done)
