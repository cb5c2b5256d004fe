"""One edit of an owner's: what it changes, and what an update has made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from moves import target

if TYPE_CHECKING:
    from pathlib import Path

CONFLICT = re.compile(
    r"^<{7} before updating\n.*?^>{7} after updating\n?", re.MULTILINE | re.DOTALL
)


class Fate(StrEnum):
    """What has become of an edit."""

    MERGED = "merged"
    CONFLICT = "in conflict"
    LOST = "lost"


@dataclass(frozen=True)
class Edit:
    """A text that comes after, before or instead of another one; else at the end of a file."""

    name: str
    file: str
    text: str
    after: str = ""
    before: str = ""
    instead: str = ""

    @property
    def anchor(self) -> str:
        """Return the text that says where."""
        return self.after or self.before or self.instead

    def applies(self, project: Path) -> bool:
        """Tell whether there is something to edit."""
        path = place(project, self.file)
        return path.is_file() and (not self.anchor or read(path).count(self.anchor) == 1)

    def make(self, project: Path) -> None:
        """Edit the file."""
        path = place(project, self.file)
        edited = self.after + self.text + self.before
        text = read(path).replace(self.anchor, edited) if self.anchor else read(path) + edited
        path.write_text(text, encoding="utf-8")

    def fate(self, project: Path) -> Fate:
        """Find what was written: exactly once, or at least within a conflict."""
        path = place(project, self.file)
        text = read(path) if path.is_file() else ""
        merged = CONFLICT.sub("", text)
        replaced = merged.count(self.instead) == self.text.count(self.instead)
        if merged.count(self.text) == 1 and (replaced or not self.instead):
            return Fate.MERGED
        return Fate.CONFLICT if merged != text and has_lines(text, self.text) else Fate.LOST


@dataclass(frozen=True)
class Addition:
    """A file of the owner's own, which may belong to one of the template's."""

    name: str
    file: str
    text: str
    beside: str = ""

    def applies(self, project: Path) -> bool:
        """Tell whether it is new, and has its place."""
        return not (project / self.file).exists() and (project / self.beside).exists()

    def make(self, project: Path) -> None:
        """Write it."""
        path = project / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding="utf-8")

    def fate(self, project: Path) -> Fate:
        """Compare it, byte for byte."""
        path = project / self.file
        text = read(path) if path.is_file() else ""
        if text == self.text:
            return Fate.MERGED
        conflict = CONFLICT.search(text) and has_lines(text, self.text)
        return Fate.CONFLICT if conflict else Fate.LOST


@dataclass(frozen=True)
class Deletion:
    """A file of the template's that the owner has no use for."""

    name: str
    file: str

    def applies(self, project: Path) -> bool:
        """Tell whether it is there."""
        return (project / self.file).is_file()

    def make(self, project: Path) -> None:
        """Remove it."""
        (project / self.file).unlink()

    def fate(self, project: Path) -> Fate:
        """Look whether it has come back."""
        return Fate.LOST if (project / self.file).exists() else Fate.MERGED


Work = Edit | Addition | Deletion


def place(project: Path, file: str) -> Path:
    """Return where a file is: in its old place, or where the template has moved it."""
    old = project / file
    return old if old.exists() else project / target(file)


def has_lines(text: str, wanted: str) -> bool:
    """Tell whether a text has all lines of another one."""
    return all(line in text for line in wanted.splitlines())


def read(path: Path) -> str:
    """Read a file as it is."""
    return path.read_bytes().decode()
