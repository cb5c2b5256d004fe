"""The last words of the hook."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import moves
import repository

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from environment import Environment
    from suite import Verdict
    from terminal import Screen


NAMED = 5  # failing tests shown; the log has them all
REMOVED = "the update removes it"


def ready(screen: Screen, what: str, rows: Sequence[tuple[str, str]]) -> None:
    """Say that all is well and what to do next."""
    screen.line()
    screen.line("  " + screen.paint("ok", what))
    _rows(screen, rows)


def next_steps(project: Path, environment: Environment, database: str) -> list[tuple[str, str]]:
    """Return the commands that a new project's owner needs first."""
    run = environment.prefix
    here = _here(project)
    steps = [(f"cd {here}", "")] if here else []
    if database != "sqlite":
        steps += [
            ("export DATABASE_URL=…", "its database: see .env.example"),
            (f"{run}flask --app app db upgrade", "make its tables"),
        ]
    return [
        *steps,
        (f"{run}flask --app app run", "start it: http://127.0.0.1:5000"),
        (f"{run}pytest", "run its tests"),
        ('git add . && git commit -m "First commit"', "keep this state, so that it can be updated"),
    ]


def not_validated(
    screen: Screen, project: Path, reason: str, command: str, log: Path | None
) -> None:
    """Say that nothing was proved, why, and the one command that proves it."""
    here = _here(project)
    screen.line()
    screen.line(f"  {screen.paint('warn', 'NOT VALIDATED')}: {reason.rstrip('.')}.")
    screen.line(f"  The project is complete in {project}")
    screen.line("  To validate it later:")
    screen.line(f"    cd {here} && {command}" if here else f"    {command}")
    if log:
        screen.line(f"  What the tools said: {log}")


def red(screen: Screen, project: Path, verdict: Verdict, command: str, log: Path) -> None:
    """Say what failed and where everything is."""
    here = _here(project)
    screen.line()
    screen.line("  " + screen.paint("bad", "The suite is red: the project is NOT validated."))
    for problem in verdict.problems[:NAMED]:
        screen.line(f"    {problem}")
    if len(verdict.problems) > NAMED:
        screen.line(f"    and {len(verdict.problems) - NAMED} more")
    _rows(
        screen,
        [
            ("project", str(project)),
            ("log", str(log)),
            ("run again", f"cd {here} && {command}" if here else command),
        ],
    )


def notes(project: Path, names: Sequence[str]) -> dict[str, str]:
    """Map each file in conflict to what git's markers do not say of it."""
    removed = repository.removed_by_update(project)
    known = {name: REMOVED if name in removed else "" for name in names}
    for name in names:
        for old in moves.origins(name):
            if repository.show(project, old):
                known[name] = f"moved from {old}"
    return known


def conflicted(screen: Screen, project: Path, names: Mapping[str, str], command: str) -> None:
    """List what the merge left open and what to do about it."""
    count = "1 file" if len(names) == 1 else f"{len(names)} files"
    screen.line()
    screen.line("  " + screen.paint("bad", f"The update conflicts with your edits in {count}:"))
    for name, note in names.items():
        screen.line(f"    {name}{f'   ({note})' if note else ''}")
    screen.line("  The suite was not run. Now:")
    rows = [("git diff", "see both sides; keep what you want, take the markers out")]
    if REMOVED in names.values():
        rows.append(
            ("git rm FILE", "let a file go that the update removes; or edit it, to keep it")
        )
    rows.append(("git add .", "mark them as solved, and delete any .rej file"))
    if (project / "resources.py").exists():
        rows.append(("git commit", "then the migration, if one is needed, and the suite:"))
        rows.append(("python resources.py check", ""))
    else:
        rows.append((command, "run the suite, then commit"))
    rows.append(("git reset --hard", "or: take the whole update back (git clean -fd too)"))
    _rows(screen, rows)


def cut_short(screen: Screen, why: str, project: Path, command: str) -> None:
    """Say that it ended before its time and what is left."""
    here = _here(project)
    again = f"cd {here} && {command}" if here else command
    screen.line(
        f"  {screen.paint('warn', why)}, NOT VALIDATED. Your files are kept; later: {again}"
    )


def _rows(screen: Screen, rows: Sequence[tuple[str, str]]) -> None:
    width = max(len(left) for left, _ in rows)
    for left, right in rows:
        screen.line(f"    {left:<{width}}   {right}".rstrip())


def _here(project: Path) -> str:
    """Return what to type after `cd`, nothing if the user is there already."""
    typed_in = Path(os.environ.get("PWD", "/")).resolve()
    if project == typed_in:
        return ""
    way = min(os.path.relpath(project, typed_in), str(project), key=len)
    return shlex.quote(f"./{way}" if way.startswith("-") else way)
