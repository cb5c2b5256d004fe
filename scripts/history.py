"""The versions of this template, as its history tells them."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# PEP 440 allows more, which nobody needs here: Copier sorts its tags by it.
VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:(a|b|rc)(\d+))?")
# Where the work on a version begins, one of these two is raised before the other.
MARKS = {
    "pyproject.toml": re.compile(r'^version = "(.+)"$', re.MULTILINE),
    "CHANGELOG.md": re.compile(r"^## \[(.+)\]$", re.MULTILINE),
}
CHANGES = ("log", "--format=%H", "--topo-order", "--reverse", "-G^(version = |## )")


def key(version: str) -> tuple[int, int, int, str, int]:
    """Return what versions sort by. Raises ValueError for what is none."""
    found = VERSION.fullmatch(version)
    if found is None:
        raise ValueError(version)
    major, minor, patch, kind, number = found.groups()
    return int(major), int(minor), int(patch), kind or "released", int(number or 0)


def git(root: Path, *command: str) -> str:
    """Ask git something that it can answer."""
    done = subprocess.run(
        ["git", *command], cwd=root, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def releases(root: Path) -> dict[str, str]:
    """Map each released version to its commit, the oldest first.

    What was released is what stood before the work on the next version began, on however many
    branches it did. Commit ids change when work is merged, so they are looked for.
    """
    found: dict[str, list[str]] = {}
    for change in git(root, *CHANGES, "--", *MARKS).split():
        before, after = versions(root, f"{change}~"), versions(root, change)
        if any(key(before[file]) < key(after[file]) for file in before.keys() & after.keys()):
            found.setdefault(min(before.values(), key=key), []).append(f"{change}~")
    return {
        version: git(root, "merge-base", "--octopus", *found[version]).strip()
        for version in sorted(found, key=key)
    }


def versions(root: Path, revision: str) -> dict[str, str]:
    """Read the version that each file names; one that is not there names none."""
    found = {}
    for file, pattern in MARKS.items():
        done = subprocess.run(
            ["git", "show", f"{revision}:{file}"],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if named := pattern.search(done.stdout):
            found[file] = named[1]
    return found


def lowered(root: Path) -> list[str]:
    """List the changes of the version that did not raise it."""
    found = []
    for change in git(root, *CHANGES, "--", "pyproject.toml").split():
        before, after = (versions(root, at).get("pyproject.toml") for at in (f"{change}~", change))
        if before and after and key(before) > key(after):
            found.append(f"{before} to {after} in {change[:8]}")
    return found
