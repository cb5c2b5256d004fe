"""What a fault is: a few texts that are replaced in files of a project, and where it applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.answers import DEFAULT

if TYPE_CHECKING:
    from pathlib import Path

# A file, what stands there once, and what stands there instead.
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Fault:
    """Changes of a project, with the answers under which they are a fault."""

    name: str
    changes: tuple[Change, ...]
    answers: tuple[str, ...] = (DEFAULT,)

    def __str__(self) -> str:
        """Name it."""
        return self.name

    def put_into(self, project: Path) -> None:
        """Make the changes."""
        for file, text in self.changed(project).items():
            (project / file).write_text(text, encoding="utf-8")

    def changed(self, project: Path) -> dict[str, str]:
        """Return what the files become, in which what is changed must stand just once."""
        texts: dict[str, str] = {}
        for file, old, new in self.changes:
            text = texts.get(file) or (project / file).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{self}: {file} has {old!r} {text.count(old)} times"
            texts[file] = text.replace(old, new)
        return texts

    @property
    def files(self) -> list[str]:
        """Name what it changes, the most telling first."""
        return list(dict.fromkeys(file for file, _, _ in self.changes))


def fault(name: str, *changes: Change, answers: tuple[str, ...] = (DEFAULT,)) -> Fault:
    """Make a fault of some changes."""
    return Fault(name, changes, answers)


def unique(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a place, line by line, until what it says is said nowhere else."""
    while text.count(text[start:end]) > 1:
        if start:
            start = text.rfind("\n", 0, start - 1) + 1
        else:
            end = text.find("\n", end) + 1 or len(text)
    return start, end


def replaced(file: str, text: str, start: int, end: int, new: str) -> Change:
    """Return the change that puts something else in a place of a file."""
    begin, stop = unique(text, start, end)
    return file, text[begin:stop], text[begin:start] + new + text[end:stop]
