"""What the hook asks of git, and the one thing that it does with it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from processes import clean_environment

if TYPE_CHECKING:
    from pathlib import Path


def available() -> bool:
    """Say whether there is a git to call."""
    return shutil.which("git") is not None


def git(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call git in the project; its exit status is the answer."""
    return subprocess.run(
        ["git", *arguments],
        cwd=project,
        env=clean_environment({"LC_ALL": "C"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def start(project: Path) -> tuple[str, str]:
    """Make a repository unless there is one; return a mark and what was done."""
    if not available():
        return "warn", "none made: git is not installed"
    inside = git(project, "rev-parse", "--is-inside-work-tree")
    if inside.returncode == 0 and inside.stdout.strip() == "true":
        return "ok", "git: inside one already"
    if "dubious ownership" in inside.stderr:
        return "warn", "git: belongs to somebody else, left alone"
    made = git(project, "init", "--quiet")
    if made.returncode:
        return "warn", f"none made: {(made.stderr.strip().splitlines() or ['git failed'])[0]}"
    # `init --initial-branch` needs a newer git than this does.
    git(project, "symbolic-ref", "HEAD", "refs/heads/main")
    return "ok", "git: branch main, nothing committed yet"


def tracks(project: Path, path: str) -> bool:
    """Say whether git tracks a file of the project."""
    return git(project, "ls-files", "--error-unmatch", path).returncode == 0


def conflicts(project: Path) -> list[str]:
    """List what a merge left for its owner to decide, relative to the project."""
    marked = git(project, "diff", "--name-only", "--relative", "--diff-filter=U", "-z")
    rejected = git(project, "ls-files", "--others", "-z", "--exclude=.venv", "--", "*.rej")
    return sorted({name for name in (marked.stdout + rejected.stdout).split("\0") if name})
