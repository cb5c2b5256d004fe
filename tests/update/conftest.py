"""The real template as it is now, and a machine to make projects of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path, snapshot: Path) -> Machine:
    """Return a machine with the present template as version 0.1.0."""
    template = tmp_path / "template"
    shutil.copytree(snapshot, template)
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "this version", tag="v0.1.0")
    return Machine(tmp_path / "work", template)
