"""The suite of the default project on one core: tests, seconds, branch coverage."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from measuring import quietly, row, timed

from tests.support.environments import environment
from tests.support.rendering import render, take_snapshot
from tests.support.suite import counted, covered

REPORTS = ("--junit-xml=.report.xml", "--cov-report=json:.coverage.json")


def main(rounds: int) -> None:
    """Run the suite some times on the first core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = environment(version, Path(sys.executable).resolve())
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        project = render(snapshot, Path(folder) / "project", {})
        command = [str(python), "-m", "pytest", "-q", *REPORTS]
        quietly(command, project)
        times = [timed(lambda: quietly(command, project)) for _ in range(rounds)]
        tests, skipped = counted(project / ".report.xml")
        coverage = covered(project / ".coverage.json")
    print(f"The default project's suite on one core, Python {version}, median of {rounds}:")
    row("the whole command", times)
    print(f"  {'tests':24} {tests:6}     ({skipped} skipped)")
    print(f"  {'branch coverage':24} {coverage:6g} %")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    main(parser.parse_args().rounds)
