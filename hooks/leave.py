"""How the hook ends when it may not simply end: a red suite on a copy, and Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from processes import signal_all, wait_for_all

if TYPE_CHECKING:
    from pathlib import Path

    from terminal import Screen

# A Copier in the background of a script was started deaf to Ctrl-C, and its children with it.
DEAF = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
# copier.yml says so when Copier was told not to clean up.
KEPT_ANYWAY = "--kept" in sys.argv
PATIENCE = 5.0  # seconds for others to notice a signal
GRACE = 0.5  # Copier, interrupted itself, ends its task after half of this


def stop_copier() -> None:
    """Make Copier end with an error and keep the project (decision 0001).

    A task that fails lets Copier delete the directory it made; an interrupted Copier keeps it.
    """
    copier = os.getppid()
    if KEPT_ANYWAY or "COPIER_OPERATION" not in os.environ:
        return
    for number in (signal.SIGTERM,) if DEAF else (signal.SIGINT, signal.SIGTERM):
        os.kill(copier, number)
        deadline = time.monotonic() + PATIENCE
        while os.getppid() == copier and time.monotonic() < deadline:
            time.sleep(0.02)
        if os.getppid() != copier:
            return


def see_children_off() -> None:
    """End the children after a Ctrl-C, in a way that lets each clean up."""
    calm = wait_for_all(0)
    time.sleep(GRACE)
    # Still here: the signal was for this process alone, so it has to be passed on.
    if not calm and not wait_for_all(0):
        signal_all(signal.SIGINT)
        if not wait_for_all(PATIENCE):
            signal_all(signal.SIGKILL)


def wants_deletion(screen: Screen, log: Path) -> bool:
    """Ask, where somebody can answer, what is to become of a project whose suite is red."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    import questionary  # noqa: PLC0415 - slow to load and seldom needed

    choices = {"Keep the project": "keep", "Show the log": "show", "Delete it": "delete"}
    while True:
        screen.line()
        picked = questionary.select("What now?", choices=list(choices)).ask(kbi_msg="")
        answer = choices.get(picked, "keep")
        if answer != "show":
            return answer == "delete"
        screen.line(log.read_text(encoding="utf-8", errors="replace"))
