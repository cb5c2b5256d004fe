"""What the hook asks of git, and the one thing that it does with it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from processes import clean_environment

if TYPE_CHECKING:
    from pathlib import Path

# The names that Copier gives the sides of a conflict, and the most that git counts.
LABELS = ("before updating", "last update", "after updating")
MOST_CONFLICTS = 127
MARKS = (f"<<<<<<< {LABELS[0]}", f">>>>>>> {LABELS[2]}")


def available() -> bool:
    """Say whether there is a git to call."""
    return shutil.which("git") is not None


def git(project: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Call git in the project; its exit status is the answer."""
    return subprocess.run(
        ["git", *arguments],
        cwd=project,
        env=clean_environment({"LC_ALL": "C"}),
        input=given,
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


def changed(project: Path, *paths: str) -> bool:
    """Say whether files of the project are not as they were committed."""
    # On a full disk git would end at the index that it need not write.
    status = ("--no-optional-locks", "status", "--porcelain", "-uall")
    return git(project, *status, "--", *paths).stdout != ""


def conflicts(project: Path) -> list[str]:
    """List what a merge left for its owner to decide, relative to the project."""
    marked = git(project, "diff", "--name-only", "--relative", "--diff-filter=U", "-z")
    rejected = git(project, "ls-files", "--others", "-z", "--exclude=.venv", "--", "*.rej")
    return sorted({name for name in (marked.stdout + rejected.stdout).split("\0") if name})


def undecided(project: Path) -> list[str]:
    """List the committed files in which a conflict of Copier's has been left."""
    marks = [part for label in MARKS for part in ("-e", f"^{label}[[:space:]]*$")]
    marked = git(project, "grep", "--name-only", "-z", "-I", *marks)
    rejected = git(project, "ls-files", "-z", "--", "*.rej")
    return sorted({name for name in (marked.stdout + rejected.stdout).split("\0") if name})


def ignored(project: Path, names: list[str]) -> list[str]:
    """Return those of some files that git ignores and does not track."""
    found = git(project, "check-ignore", "-z", "--stdin", given="\0".join(names))
    return [name for name in found.stdout.split("\0") if name]


def removed_by_update(project: Path) -> set[str]:
    """List the conflicts in files that the update removes and their owner has edited."""
    listed = git(project, "ls-files", "--unmerged", "-z").stdout.split("\0")
    stages: dict[str, set[str]] = {}
    for entry in filter(None, listed):
        head, name = entry.split("\t", 1)
        stages.setdefault(name, set()).add(head.split()[2])
    return {name for name, found in stages.items() if "3" not in found}


def untracked(project: Path) -> set[str]:
    """List the files that git does not know yet, as those are that an update has brought."""
    listed = git(project, "ls-files", "--others", "--exclude-standard", "-z").stdout
    return {name for name in listed.split("\0") if name}


def deleted(project: Path) -> dict[str, str]:
    """Map each committed file that is not there any more to the hash of its content."""
    gone = {name for name in git(project, "ls-files", "--deleted", "-z").stdout.split("\0") if name}
    if not gone:
        return {}
    staged = git(project, "ls-files", "--stage", "-z").stdout.split("\0")
    entries = (entry.split("\t", 1) for entry in staged if entry)
    return {name: head.split()[1] for head, name in entries if name in gone}


def hashes(project: Path, paths: list[Path]) -> dict[Path, str]:
    """Map files to the hash that git gives their content, and keep it in the repository."""
    listed = "".join(f"{path}\n" for path in paths)
    found = git(project, "hash-object", "-w", "--no-filters", "--stdin-paths", given=listed)
    return dict(zip(paths, found.stdout.split(), strict=True))


def restore(project: Path, names: list[str]) -> None:
    """Write files as they were committed."""
    git(project, "checkout-index", "--force", "-z", "--stdin", given="\0".join(names))


def show(project: Path, name: str) -> str:
    """Return a file as it was committed."""
    return git(project, "show", f"HEAD:./{name}").stdout


def conflict(project: Path, bases: dict[str, Path]) -> None:
    """Mark files as changed here and deleted there: stage 1 is what both had, 2 is what is here."""
    found = hashes(project, [base for base in bases.values() if base.is_file()])
    prefix = git(project, "rev-parse", "--show-prefix").stdout.rstrip("\n")
    lines = []
    for entry in git(project, "ls-files", "--stage", "-z", "--", *bases).stdout.split("\0"):
        if entry:
            head, name = entry.split("\t", 1)
            mode, here, _ = head.split()
            lines.append(f"0 {'0' * len(here)}\t{prefix}{name}")
            if bases[name] in found:
                lines.append(f"{mode} {found[bases[name]]} 1\t{prefix}{name}")
            lines.append(f"{mode} {here} 2\t{prefix}{name}")
    git(project, "update-index", "-z", "--index-info", given="".join(f"{line}\0" for line in lines))


def merge(ours: Path, base: Path, theirs: Path) -> tuple[bytes, bool] | None:
    """Merge three files and say whether without a conflict; None where git cannot."""
    labels = [part for label in LABELS for part in ("-L", label)]
    command = ["git", "merge-file", "--stdout", *labels, *map(str, (ours, base, theirs))]
    done = subprocess.run(command, env=clean_environment({}), capture_output=True, check=False)
    return None if done.returncode > MOST_CONFLICTS else (done.stdout, done.returncode == 0)


def mark_unmerged(project: Path, name: str, versions: tuple[Path, Path, Path]) -> None:
    """Have git take a file for one that base, ours and theirs conflict in."""
    found = hashes(project, [*versions])
    prefix = git(project, "rev-parse", "--show-prefix").stdout.rstrip("\n")
    lines = [
        f"100644 {found[path]} {stage}\t{prefix}{name}\0"
        for stage, path in enumerate(versions, start=1)
    ]
    git(project, "update-index", "-z", "--index-info", given="".join(lines))
