"""A real Copier process for the tests of answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.support.places import places_alone
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Sequence


TEXTS = ("project_name", "description", "author")


class Copy(Protocol):
    """Runs `copier copy --defaults` in a process of its own, with answers and without the hook."""

    def __call__(self, *answers: str, file: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Return what came of it."""


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a template of only the files in which something stands that was typed."""
    return places_alone(tmp_path_factory.mktemp("places") / "snapshot")


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    """Return where the project goes."""
    return tmp_path / "project"


@pytest.fixture
def copy_command(snapshot: Path, destination: Path) -> Sequence[str]:
    """Return the command of a real Copier process."""
    copier = str(Path(sys.executable).with_name("copier"))
    return [copier, "copy", "--skip-tasks", "--trust", str(snapshot), str(destination)]


@pytest.fixture
def copy(copy_command: Sequence[str]) -> Copy:
    """Return the function that runs a real Copier process."""

    def run(*answers: str, file: Path | None = None) -> subprocess.CompletedProcess[str]:
        options = [option for answer in answers for option in ("--data", answer)]
        options += ["--data-file", str(file)] if file else []
        return subprocess.run(
            [*copy_command, "--defaults", *options],
            capture_output=True,
            text=True,
            check=False,
            env=clean_environ(),
            stdin=subprocess.DEVNULL,
        )

    return run
