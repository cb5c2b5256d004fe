"""A repository that has all releases of this template, each with its tag."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from io import BytesIO
from typing import TYPE_CHECKING

from history import releases

from tests.hooks.machine import commit, sh
from tests.support.paths import ROOT
from tests.support.rendering import PARTS

if TYPE_CHECKING:
    from pathlib import Path

RELEASES = releases(ROOT)
NOW = "v99.0.0"


def make_repository(folder: Path, snapshot: Path) -> Path:
    """Make a template with a tag for each release, and the present state as the newest."""
    folder.mkdir()
    sh("git", "init", "--quiet", cwd=folder)
    for version, released in RELEASES.items():
        clear(folder)
        extract(ROOT, released, folder)
        commit(folder, version, tag=f"v{version}")
    clear(folder)
    shutil.copytree(snapshot, folder, dirs_exist_ok=True)
    commit(folder, "now", tag=NOW)
    return folder


def extract(repository: Path, revision: str, folder: Path) -> Path:
    """Write what Copier reads of a version of the template into a folder."""
    command = ["git", "archive", revision, *PARTS]
    archive = subprocess.run(command, cwd=repository, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


def clear(repository: Path) -> None:
    """Remove everything but the history."""
    for path in repository.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
