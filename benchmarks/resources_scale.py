"""One resource of six fields and thirty of them: rendering, tests, and what a test costs."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from string import ascii_lowercase

from measuring import quietly, row, timed

from tests.support.environments import environment
from tests.support.rendering import render, take_snapshot
from tests.support.suite import counted

FIELDS = (
    '{title: str(200), code: "str(13)!", amount: int?, due_on: date?, '
    "kind: choice(one|two|three), notes: text}"
)
FEW, MANY, TARGET = 1, 30, 1.2
REPORT = "--junit-xml=.report.xml"


def main(rounds: int) -> None:
    """Measure both in turn, so that both meet the same machine."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = environment(version, Path(sys.executable).resolve())
    rendering: dict[int, list[float]] = {FEW: [], MANY: []}
    suite: dict[int, list[float]] = {FEW: [], MANY: []}
    tests = {}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        for number in range(rounds):
            for count in (FEW, MANY):
                project = Path(folder) / f"{count}-{number}"
                answers = {"resources": resources(count)}
                rendering[count].append(timed(lambda: render(snapshot, project, answers)))  # noqa: B023
                command = [str(python), "-m", "pytest", "-q", REPORT]
                quietly(command, project)
                suite[count].append(timed(lambda: quietly(command, project)))  # noqa: B023
                tests[count] = counted(project / ".report.xml")[0]
    print(f"Resources of six fields, Python {version}, median of {rounds}:")
    for count in (FEW, MANY):
        row(f"render {count}", rendering[count])
        seconds = row(f"suite of {count}", suite[count])
        print(f"  {'tests':24} {tests[count]:6}     ({1000 * seconds / tests[count]:.1f} ms each)")
    few, many = (1000 * statistics.median(suite[count]) / tests[count] for count in (FEW, MANY))
    print(f"  {'ms a test, 30 / 1':24} {many / few:6.2f}     (at most {TARGET})")


def resources(count: int) -> str:
    """Return so many resources."""
    names = [f"thing_{first}{second}" for first in "ab" for second in ascii_lowercase]
    return f"{{{', '.join(f'{name}: {FIELDS}' for name in names[:count])}}}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args().rounds)
