"""The real template as it is now, and a machine to make projects of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh
from tests.update.histories import environ_of
from tests.update.releases import make_repository

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


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, snapshot: Path) -> Path:
    """Return the template with a tag for each release, and the present state as the newest."""
    return make_repository(tmp_path_factory.mktemp("released") / "template", snapshot)


@pytest.fixture(scope="module")
def environ(database: str) -> dict[str, str]:
    """Return the environment in which a project finds its test database."""
    return environ_of(database)
