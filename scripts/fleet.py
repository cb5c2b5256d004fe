"""Update many projects that Copier has made: each on a branch of its own, and one table at the end.

  python fleet.py projects.txt
  python fleet.py ../shop ../library --push

A project is a folder with a git repository, or an address that git can clone; a file lists one a
line, with # before a remark. Each is updated in a work tree of its own, so what is checked out, and
what is not committed there, stays as it is. What is merged is committed to a branch, with a word in
its message if the suite is red or could not run. Conflicts are never committed: the work tree stays
for whoever solves them. Nothing is pushed unless --push asks for it, and then only what is green.

This file needs Python 3.11, git, and Copier or uv, and nothing else of the repository it is from.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = ".copier-answers.yml"
COPIERS = (("copier",), ("uvx", "copier"), ("pipx", "run", "copier"))
MARKERS = r"^(<<<<<<<|>>>>>>>) (before|after) updating$"
# Copier has words of its own around what an answer must be.
REFUSED = re.compile(r"^Not updated: (.+)$|'Not taken: (.+)'$", re.MULTILINE)
NOT_VALIDATED = re.compile(r"NOT VALIDATED[:.] (.+?)\.?$", re.MULTILINE)
HEADINGS = ("project", "from", "to", "branch", "result")
GREEN, SAME, CONFLICTS = "updated, green", "nothing to do", "conflicts"
CUT = "The update was cut short"
STOPPED = 130  # the exit status after Ctrl-C


@dataclass
class Row:
    """A project and what became of it."""

    project: str
    old: str = ""
    new: str = ""
    result: str = ""
    branch: str = ""
    tree: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return it as a line of the table."""
        return (self.project, self.old, self.new, self.branch, self.result)


class ProblemError(Exception):
    """A project cannot be updated, in one line."""


def main() -> int:
    """Update them all; the exit status is 1 unless each is green or has nothing to do."""
    options = arguments()
    rows: list[Row] = []
    try:
        for project in listed(options.projects):
            print(f"{project} …", file=sys.stderr, flush=True)
            rows.append(updated(project, options))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    finally:
        print(table(rows), *waiting(rows), sep="\n")
    return 0 if all(row.result in {GREEN, SAME} for row in rows) else 1


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("projects", nargs="+", help="folders, addresses, or files that list them")
    parser.add_argument("--push", action="store_true", help="push the branches that are green")
    parser.add_argument("--branch", default="template-update", help="what branches are called")
    parser.add_argument("--to", default="", metavar="VERSION", help="not the newest version")
    parser.add_argument("--data", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--work", type=Path, default=Path("fleet"), help="where work trees go")
    return parser.parse_args()


def listed(names: list[str]) -> list[str]:
    """Return the projects that are named, or listed in files that are."""
    found: list[str] = []
    for name in names:
        lines = [name]
        if Path(name).is_file():
            text = Path(name).read_text(encoding="utf-8")
            lines = [line.partition(" #")[0].strip() for line in text.splitlines()]
        found += [line for line in lines if line and not line.startswith("#")]
    return found


def updated(project: str, options: argparse.Namespace) -> Row:
    """Update one project, and say what became of it, whatever happens."""
    row = Row(project)
    try:
        repository = found(project, options.work.resolve())
        with work_tree(repository, row, options) as tree:
            update(tree, row, options)
    except ProblemError as problem:
        row.result = f"refused: {problem}"
    return row


def found(project: str, work: Path) -> Path:
    """Return the repository of a project, cloned where it is an address."""
    path = Path(project).expanduser()
    if path.is_dir():
        top = git(path, "rev-parse", "--show-toplevel")
        if top.returncode or Path(top.stdout.strip()).resolve() != path.resolve():
            raise ProblemError("no git repository of its own")
        return path.resolve()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", project).strip("-.")
    clone = work / "clones" / name
    if clone.is_dir():
        must(clone, "fetch", "--quiet", "--prune", "origin")
        must(clone, "reset", "--quiet", "--hard", "@{upstream}")
        return clone
    clone.parent.mkdir(parents=True, exist_ok=True)
    must(clone.parent, "clone", "--quiet", "--", project, name)
    return clone


@contextmanager
def work_tree(repository: Path, row: Row, options: argparse.Namespace) -> Iterator[Path]:
    """Check out what is committed, on a new branch, beside the project's own work tree."""
    if git(repository, "rev-parse", "--verify", "--quiet", f"HEAD:{ANSWERS}").returncode:
        raise ProblemError(f"{ANSWERS} is not committed")
    place = zlib.crc32(str(repository).encode())
    tree = options.work.resolve() / f"{repository.name}-{place:08x}"
    if tree.exists():
        raise ProblemError(f"{tree} waits to be solved")
    git(repository, "worktree", "prune")
    for where in ("heads", "remotes/origin"):
        ref = f"refs/{where}/{options.branch}"
        if not git(repository, "show-ref", "--verify", "--quiet", ref).returncode:
            raise ProblemError(f"the branch {options.branch} is there: merge or delete it")
    tree.parent.mkdir(parents=True, exist_ok=True)
    try:
        must(repository, "worktree", "add", "--quiet", "-b", options.branch, str(tree), "HEAD")
        yield tree
    finally:
        if not row.tree:
            git(repository, "worktree", "remove", "--force", str(tree))
        if not row.branch:
            git(repository, "branch", "--quiet", "-D", options.branch)


def update(tree: Path, row: Row, options: argparse.Namespace) -> None:
    """Update a work tree, and commit what is merged."""
    row.old = row.new = version(tree)
    asked = options.to or options.data
    if not asked and not run_copier(tree, "check-update", "--quiet").returncode:
        row.result = SAME
        return
    done = run_copier(tree, *update_words(options))
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    row.result = outcome(tree, done.returncode, said)
    if row.result == SAME:
        return
    row.new, row.branch = version(tree), options.branch
    if row.result.startswith(CONFLICTS):
        row.tree = str(tree)
        return
    row.branch = ""
    must(tree, "commit", "--quiet", "--no-verify", "-m", message(row))
    row.branch = options.branch
    if options.push and row.result == GREEN:
        pushed = git(tree, "push", "--quiet", "--set-upstream", "origin", options.branch)
        if pushed.returncode:
            row.result += f", not pushed: {last_line(pushed.stderr)}"


def outcome(tree: Path, status: int, said: str) -> str:
    """Say in a few words what an update came to."""
    if refused := REFUSED.search(said):
        raise ProblemError(refused[1] or refused[2])
    if names := conflicts(tree):
        files = "1 file" if len(names) == 1 else f"{len(names)} files"
        return f"{CONFLICTS} in {files}: {', '.join(names)}"
    skipped = NOT_VALIDATED.search(said)
    red = "The suite is red" in said
    if status and not skipped and not red:
        raise ProblemError(last_line(said))
    git(tree, "add", "--all")
    if not git(tree, "diff", "--cached", "--quiet").returncode:
        return SAME
    if skipped:
        return f"updated, not validated: {skipped[1]}"
    return "updated, red" if red else GREEN


def update_words(options: argparse.Namespace) -> list[str]:
    """Return the words of Copier's update."""
    to = [f"--vcs-ref={options.to}"] if options.to else []
    data = [f"--data={answer}" for answer in options.data]
    return ["update", "--trust", "--defaults", "--quiet", *to, *data]


def run_copier(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Copier in a work tree; its two streams come as one text."""
    return subprocess.run(
        [*copier(), *words],
        cwd=tree,
        env={**os.environ, "PWD": str(tree)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def copier() -> list[str]:
    """Return the words that call Copier."""
    for program, *rest in COPIERS:
        path = shutil.which(program)
        if path:
            return [path, *rest]
    raise ProblemError("Copier is needed: install uv, or pipx, or Copier by `pip install copier`")


def version(tree: Path) -> str:
    """Return the version of the template that a project is on."""
    text = (tree / ANSWERS).read_text(encoding="utf-8")
    known = re.search(r"(?m)^_commit: *['\"]?([^'\"\n]+)", text)
    return known[1] if known else "unknown"


def conflicts(tree: Path) -> list[str]:
    """List what waits for somebody's decision, by git's word and by the markers themselves."""
    unmerged = git(tree, "diff", "--name-only", "--diff-filter=U", "-z").stdout
    rejected = git(tree, "ls-files", "--others", "-z", "--", "*.rej").stdout
    marked = git(tree, "grep", "--untracked", "-l", "-z", "-E", MARKERS).stdout
    return sorted({name for name in (unmerged + rejected + marked).split("\0") if name})


def message(row: Row) -> str:
    """Return the message of the commit, which tells of a suite that is not green."""
    what = f"Update the template from {row.old} to {row.new}"
    if row.old == row.new:
        what = f"Update the answers to the template {row.new}"
    return what if row.result == GREEN else f"{what} ({row.result.removeprefix('updated, ')})"


def last_line(said: str) -> str:
    """Return the last line of what was said, but for how to take back what is thrown away."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and CUT not in line]
    return (lines or ["nothing was said"])[-1].removeprefix("ValueError: ")


def waiting(rows: list[Row]) -> list[str]:
    """Say where conflicts wait."""
    return [f"To solve: cd {shlex.quote(row.tree)} && git diff" for row in rows if row.tree]


def table(rows: list[Row]) -> str:
    """Return the rows in columns."""
    lines = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call git; its exit status is the answer."""
    return subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def must(folder: Path, *words: str) -> None:
    """Call git for something that has to succeed."""
    done = git(folder, *words)
    if done.returncode:
        raise ProblemError(last_line(done.stderr).removeprefix("fatal: "))


if __name__ == "__main__":
    sys.exit(main())
