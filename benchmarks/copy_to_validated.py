"""From `copier copy` to a validated app, against the sum of its parts, each measured alone."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from measuring import quietly, row, timed

from tests.support.checkout import make_clone
from tests.support.machine import uv

COPIER = Path(sys.executable).with_name("copier")
COPY = (COPIER, "copy", "--trust", "--defaults", "--quiet", "--vcs-ref", "HEAD")
PARTS = ("render", "sync", "pytest")
TARGET = 1.15


def main(rounds: int) -> None:
    """Measure whole and parts in turn, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in ("whole", *PARTS)}
    with tempfile.TemporaryDirectory() as folder:
        template = make_clone(Path(folder) / "template")
        one_round(template, Path(folder) / "warm-up")
        for number in range(rounds):
            for name, seconds in one_round(template, Path(folder) / str(number)).items():
                times[name].append(seconds)
    print(f"Copy to validated, default answers, uv with a warm cache, median of {rounds}:")
    total = sum(row(name, times[name]) for name in PARTS)
    print(f"  {'sum of the parts':24} {total:6.2f} s")
    whole = row("whole", times["whole"])
    print(f"  {'whole / sum of the parts':24} {whole / total:6.2f}     (at most {TARGET})")


def one_round(template: Path, folder: Path) -> dict[str, float]:
    """Measure the whole once, and each part alone once: what one would do by hand."""
    folder.mkdir()
    alone = folder / "alone"
    path = {"PATH": os.pathsep.join([str(Path(uv()).parent), os.environ["PATH"]])}
    found = {
        "whole": timed(lambda: quietly([*COPY, template, folder / "whole"], folder, path)),
        "render": timed(lambda: quietly([*COPY, "--skip-tasks", template, alone], folder)),
        "sync": timed(lambda: quietly([uv(), "sync", "--quiet"], alone)),
        "pytest": timed(lambda: quietly([alone / ".venv/bin/python", "-m", "pytest"], alone)),
    }
    shutil.rmtree(folder)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    main(parser.parse_args().rounds)
