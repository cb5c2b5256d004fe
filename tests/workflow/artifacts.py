"""What the jobs of a run hand to each other and keep, carried as GitHub's two actions do."""

from __future__ import annotations

import os
import shutil
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEPT = {"name", "path", "include-hidden-files", "if-no-files-found", "overwrite"}
FETCHED = {"pattern", "path"}


class Artifacts:
    """The artifacts of one run, a folder for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def upload(self, workspace: Path, options: Mapping[str, str]) -> bool:
        """Keep files; what is hidden stays behind unless it is asked for."""
        only_known(options, KEPT)
        paths = [workspace / path for path in options["path"].split()]
        hidden = options.get("include-hidden-files") == "true"
        files = [file for path in paths for file in found(path, workspace, hidden=hidden)]
        target = self.folder / options["name"]
        if target.exists() and options.get("overwrite") != "true":
            return False
        if not files:
            return options.get("if-no-files-found", "warn") != "error"
        shutil.rmtree(target, ignore_errors=True)
        root = Path(os.path.commonpath(paths))
        for file in files:
            copy(file, target / file.relative_to(root))
        return True

    def download(self, workspace: Path, options: Mapping[str, str]) -> bool:
        """Bring those whose name fits, each in a folder of its name unless it is the only one."""
        only_known(options, FETCHED)
        target = workspace / options["path"]
        names = [name for name in self.names() if fnmatchcase(name, options["pattern"])]
        for name in names:
            place = target if len(names) == 1 else target / name
            shutil.copytree(self.folder / name, place)
        return True

    def names(self) -> list[str]:
        """List what is kept."""
        return sorted(path.name for path in self.folder.glob("*"))

    def content(self, name: str) -> list[str]:
        """List what one holds, without what is inside of folders."""
        return sorted(path.name for path in (self.folder / name).iterdir())


def only_known(options: Mapping[str, str], known: set[str]) -> None:
    """Stop at an option that would not be heeded here."""
    if unknown := options.keys() - known:
        raise NotImplementedError(f"options that these tests do not know: {sorted(unknown)}")


def found(path: Path, workspace: Path, *, hidden: bool) -> Iterator[Path]:
    """Go through the files at a path."""
    for file in [path, *path.rglob("*")]:
        parts = file.relative_to(workspace).parts
        if file.is_file() and (hidden or not any(part.startswith(".") for part in parts)):
            yield file


def copy(file: Path, target: Path) -> None:
    """Copy a file into folders that may not be there yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
