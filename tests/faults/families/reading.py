"""A module of a project as text and as a tree, and faults at places of it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tests.faults.fault import Fault, replaced

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A file of a project."""

    file: str
    text: str

    @classmethod
    def of(cls, project: Path, path: Path) -> Source:
        """Read a file."""
        return cls(path.relative_to(project).as_posix(), path.read_text(encoding="utf-8"))

    @cached_property
    def tree(self) -> ast.Module:
        """What it says, of a Python module."""
        return ast.parse(self.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where its lines begin, the end of the last one included."""
        starts = [0]
        for line in self.text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return starts

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return where a node begins and ends."""
        return (
            self.offset(node.lineno, node.col_offset),
            self.offset(node.end_lineno or 0, node.end_col_offset or 0),
        )

    def lines(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return where the lines of a node begin and end."""
        return self.starts[node.lineno - 1], self.starts[node.end_lineno or 0]

    def offset(self, line: int, column: int) -> int:
        """Return the place of a column, which the tree counts in bytes."""
        start = self.starts[line - 1]
        before = self.text[start : self.starts[line]].encode()[:column]
        return start + len(before.decode())


def changed(source: Source, name: str, start: int, end: int, new: str) -> Fault:
    """Make a fault of one place of a file; the answers under which it applies are found later."""
    change = replaced(source.file, source.text, start, end, new)
    return Fault(f"{source.file}: {name}", (change,), ())
