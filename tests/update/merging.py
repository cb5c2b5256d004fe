"""What an update must come to, by git's own merge of three trees."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from moves import target

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = ".copier-answers.yml"
HISTORY = "migrations/versions/"
LABELS = ("-L", "before updating", "-L", "last update", "-L", "after updating")

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Read all files of a project but git's own and what names its version."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts and path.name != ANSWERS
    }


def merged(base: Tree, ours: Tree, theirs: Tree, work: Path) -> Tree:
    """Merge what an owner and the template have made of the same project.

    A file that one side has moved is merged with where it is now; a history is only added to.
    """
    found = {name: content for name, content in ours.items() if name.startswith(HISTORY)}
    moved = {target(name) for name in base if target(name) in theirs and target(name) not in base}
    for name in (base.keys() | ours.keys() | theirs.keys()) - moved - found.keys():
        place = target(name) if target(name) in moved else name
        content = merged_file(base.get(name), ours.get(name), theirs.get(place), work)
        if content is not None and not place.startswith(HISTORY):
            found[place] = content
    return found


def merged_file(
    base: bytes | None, ours: bytes | None, theirs: bytes | None, work: Path
) -> bytes | None:
    """Merge three versions of a file, of which each may be none."""
    if ours == base:
        return theirs
    if ours is None or theirs in {base, None}:
        return ours
    sides = {"ours": ours, "base": base or b"", "theirs": theirs or b""}
    for side, content in sides.items():
        (work / side).write_bytes(content)
    command = ["git", "merge-file", "--stdout", *LABELS, *sides]
    return subprocess.run(command, cwd=work, capture_output=True, check=False).stdout
