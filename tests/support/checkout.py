"""The files of this repository as git sees them: what is committed or would be."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Ann"), ("EMAIL", "ann@example.com"))
}
LISTING = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")


@cache
def files() -> list[Path]:
    """List the files that belong to the repository, ignored ones left out."""
    listed = subprocess.run(LISTING, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return [path for path in found if path.is_file()]


@cache
def texts() -> dict[str, str]:
    """Map the name of each text file of the repository to its content."""
    found = {}
    for path in files():
        try:
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def make_clone(folder: Path) -> Path:
    """Make a git repository of the files as they are now, with one commit and nothing else."""
    for path in files():
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "All"]):
        subprocess.run(["git", *command], cwd=folder, env={**os.environ, **IDENTITY}, check=True)
    return folder
