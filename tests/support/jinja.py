"""How much Jinja the template has."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path

from tests.support.paths import TEMPLATE
from tests.support.rendering import render, take_snapshot

SUFFIX = ".jinja"
TAG = re.compile(r"\[[=%#]")
BLOCK = re.compile(r"\[[%#]")
WHOLE_LINE = re.compile(r"\s*\[([%#]).*\1\]")
# The name of a folder or file of which there is one for each resource.
SLICE = "[% yield slice from slices %]"
# A file that is wholly another one, chosen by an answer.
TWIN = re.compile(r"\[% include [^\n]*%\]\n?")


def default_share() -> tuple[list[str], list[str]]:
    """List the files of the default project that are rendered, and all; slices are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        project = render(snapshot, Path(folder) / "project", {})
        files = [
            path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()
        ]
    plain = {path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.rglob("*")}
    shared = {name for name in files if "posts" not in name}
    return sorted(shared - plain), sorted(shared)


@cache
def python_shares() -> dict[str, float]:
    """Map each Python file with Jinja to the part of its lines that has some; twins have none.

    Names stand in nearly every line of a slice, so there only the lines of blocks are counted.
    """
    texts = {path: path.read_text(encoding="utf-8") for path in TEMPLATE.rglob(f"*.py{SUFFIX}")}
    return {
        path.relative_to(TEMPLATE).as_posix(): share(text, BLOCK if SLICE in str(path) else TAG)
        for path, text in sorted(texts.items())
        if not TWIN.fullmatch(text)
    }


def share(text: str, tag: re.Pattern[str]) -> float:
    """Return the part of a text's lines that has such tags."""
    lines = text.splitlines()
    return sum(bool(tag.search(line)) for line in lines) / max(len(lines), 1)


def broken_lines() -> list[str]:
    """List the lines of Python files in which a block is only a part of the line."""
    return [
        f"{path.relative_to(TEMPLATE)}:{number}: {line.strip()}"
        for path in sorted(TEMPLATE.rglob(f"*.py{SUFFIX}"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if BLOCK.search(line) and not WHOLE_LINE.fullmatch(line)
    ]
