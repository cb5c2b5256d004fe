"""The projects that faults are put into: one for each set of answers, rendered once for a run."""

from __future__ import annotations

import os
from pathlib import Path

from tests.faults.answers import ANSWERS
from tests.support.environments import locked
from tests.support.rendering import render, take_snapshot

# The folder that all processes of a run share.
SHARED = "EVERGREEN_FAULTS"


def project(answers: str) -> Path:
    """Return the project of some answers, which nobody changes."""
    shared = Path(os.environ[SHARED])
    snapshot, folder = shared / "template", shared / answers
    with locked(shared / "lock"):
        if not snapshot.exists():
            take_snapshot(snapshot)
        if not folder.exists():
            render(snapshot, folder, ANSWERS[answers])
    return folder
