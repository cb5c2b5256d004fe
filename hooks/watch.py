"""Beside an update: if Copier ends before its merge does, say how to get back what it overwrote.

While Copier renders the new version, the edits of the project's owner are in git alone, and none of
the template's hooks runs when Copier is stopped or fails there.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import repository  # noqa: E402

MARKER = "copier-update"
TICK = 0.5  # seconds between two looks for the end of the merge
SAID = (
    "The update was cut short. Your work is in git: "
    "`git reset --hard && git clean -fd` brings it back"
)


def begin(project: Path) -> None:
    """Watch Copier, which has called us, until the merge is done."""
    if not hasattr(os, "pidfd_open"):  # nowhere but on Linux is there a cheap way
        return
    marker(project).touch()
    command = [sys.executable, __file__, str(os.getppid())]
    subprocess.Popen(command, cwd=project, stdin=subprocess.DEVNULL, start_new_session=True)


def end(project: Path) -> None:
    """Say nothing any more."""
    marker(project).unlink(missing_ok=True)


def marker(project: Path) -> Path:
    """Return the file that is there while an update is on its way."""
    return project / repository.git(project, "rev-parse", "--git-path", MARKER).stdout.rstrip("\n")


def main(project: Path, copier: int) -> None:
    """Wait for the merge's end, or for Copier's; speak only if that comes first."""
    there = marker(project)
    if not waited(there, copier):
        return
    changed = repository.changed(project)
    end(project)
    if changed:
        print(f"{SAID}.", file=sys.stderr, flush=True)


def waited(there: Path, copier: int) -> bool:
    """Say whether Copier has ended while the marker is there."""
    try:
        ended = os.pidfd_open(copier)
    except ProcessLookupError:
        return there.exists()
    except OSError:  # a container may forbid it
        there.unlink(missing_ok=True)
        return False
    while there.exists():
        if select.select([ended], [], [], TICK)[0]:
            return there.exists()
    return False


if __name__ == "__main__":
    main(Path.cwd(), int(sys.argv[1]))
