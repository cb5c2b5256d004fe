"""What the template has moved since a release is listed where edits are told to follow."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from moves import MOVES, target

from tests.support.rendering import render
from tests.support.suite import say
from tests.update.merging import Tree, tree
from tests.update.releases import NOW, RELEASES, extract

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def now(snapshot: Path, tmp_path: Path) -> Path:
    """Make a project of what is here now."""
    return render(snapshot, tmp_path / NOW, {})


def renamed(old: Path, new: Path) -> dict[str, str]:
    """Ask git which files are more than half what others were."""
    names = ("git", "diff", "--no-index", "-M", "--name-status", "-z", "--diff-filter=R")
    done = subprocess.run(
        [*names, old.name, new.name], cwd=old.parent, capture_output=True, text=True, check=False
    )
    parts = [part.partition("/")[2] for part in done.stdout.split("\0")]
    return dict(zip(parts[1::3], parts[2::3], strict=False))


def test_what_has_moved_is_listed(
    released: Path, now: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """And what is listed has been in a release, and is elsewhere now."""
    releases: dict[str, Tree] = {}
    for version in RELEASES:
        template = extract(released, f"v{version}", tmp_path / f"template-{version}")
        old = render(template, tmp_path / version, {})
        assert renamed(old, now).items() <= {name: target(name) for name in MOVES}.items()
        releases[version] = tree(old)

    every = {name for files in releases.values() for name in files}
    gone = every - tree(now).keys()
    assert MOVES.keys() <= gone
    assert {target(name) for name in MOVES} <= tree(now).keys()
    say(request, f"files of a release that are gone: {sorted(gone)}")
