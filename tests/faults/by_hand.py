"""Reading the faults that are written by hand, as differences, in tests/faults/themes."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.answers import named
from tests.faults.fault import Change, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "themes"
NAME, ANSWERS = re.compile(r"^== ", re.MULTILINE), "answers: "
MARKS = (" ", "-", "+")


def by_hand() -> Iterator[Fault]:
    """Return the faults of all themes."""
    for path in sorted(FOLDER.glob("*.faults")):
        for text in NAME.split(path.read_text(encoding="utf-8"))[1:]:
            yield read(text)


def read(text: str) -> Fault:
    """Read a fault: its name, its answers, and for each file the lines that change."""
    name, answers, *lines = [line for line in text.splitlines() if line]
    assert answers.startswith(ANSWERS), f"{name} says no answers"
    return Fault(name, tuple(changes(lines)), named(answers.removeprefix(ANSWERS)))


def changes(lines: list[str]) -> Iterator[Change]:
    """Read what changes: after a file's name come lines that are there, go (-) and come (+)."""
    file = ""
    for marked, group in groupby(lines, key=lambda line: line.startswith(MARKS)):
        if marked:
            yield change(file, [*group])
        else:
            (file,) = group


def change(file: str, lines: list[str]) -> Change:
    """Read a change of a file; lines that only go take their line breaks along."""
    old = [line[1:] for line in lines if line[0] != "+"]
    new = [line[1:] for line in lines if line[0] != "-"]
    if not new:
        return file, "\n".join([*old, ""]), ""
    return file, "\n".join(old), "\n".join(new)
