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
# A file that is wholly another one, chosen by an answer.
TWIN = re.compile(r"\[% include [^\n]*%\]\n?")


def default_share() -> tuple[list[str], list[str]]:
    """List the files of the default project that are rendered, and all of its files."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        project = render(snapshot, Path(folder) / "project", {})
        files = [
            path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()
        ]
    plain = {path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.rglob("*")}
    return sorted(set(files) - plain), sorted(files)


@cache
def python_shares() -> dict[str, float]:
    """Map each Python file with Jinja to the part of its lines that has some; twins have none."""
    texts = {path: path.read_text(encoding="utf-8") for path in TEMPLATE.rglob(f"*.py{SUFFIX}")}
    return {
        path.relative_to(TEMPLATE).as_posix(): share(text)
        for path, text in sorted(texts.items())
        if not TWIN.fullmatch(text)
    }


def share(text: str) -> float:
    """Return the part of a text's lines that has Jinja."""
    lines = text.splitlines()
    return sum(bool(TAG.search(line)) for line in lines) / max(len(lines), 1)
