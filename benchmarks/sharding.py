"""A suite in parts over machines: how even each way of parting it is, and whether any test is lost.

Every part is collected by the plugin itself. What it weighs is the sum of its tests' seconds, each
the median of some whole runs; what a plugin knew beforehand is of a run before those. All seconds
are the processor's, so that what else the machine does is not in them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from measuring import quietly, row

from tests.support.environments import requirements
from tests.support.machine import uv
from tests.support.paths import CONSTRAINTS
from tests.support.rendering import render, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS = 4
COMPARED = ("pytest-split==0.11.0", "pytest-shard==0.1.2")
FIELDS = (
    '{title: str(200), code: "str(13)!", amount: int?, due_on: date?, '
    "kind: choice(one|two|three), notes: text}"
)
TEN = f"{{{', '.join(f'thing_{letter}: {FIELDS}' for letter in 'abcdefghij')}}}"
PROJECTS = {"the default project": {}, "ten resources of six fields": {"resources": TEN}}
SPLIT = ("--splits", str(PARTS), "--group", "{part}", "--splitting-algorithm")
KNOWN = ("--durations-path", "known.json")
CHOSEN = (*SPLIT, "least_duration")
PLUGINS = {
    "pytest-split, least duration": CHOSEN,
    "pytest-split, least, known": (*CHOSEN, *KNOWN),
    "pytest-split, chunks": (*SPLIT, "duration_based_chunks"),
    "pytest-split, chunks, known": (*SPLIT, "duration_based_chunks", *KNOWN),
    "pytest-shard, hash of the id": ("--num-shards", str(PARTS), "--shard-id", "{index}"),
}

CLOCK = """
import json, pathlib, time
import pytest

SECONDS = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    start = time.process_time()
    done = yield
    SECONDS[item.nodeid] = time.process_time() - start
    return done


def pytest_sessionfinish():
    pathlib.Path("seconds.json").write_text(json.dumps(SECONDS))
"""

Parts = list[list[str]]


class Suite:
    """The suite of one project, in the environment that has the plugins."""

    def __init__(self, project: Path, python: Path) -> None:
        self.project = project
        self.command = (str(python), "-m", "pytest", "-q")
        (project / "clock.py").write_text(CLOCK, encoding="utf-8")

    def seconds(self, seed: int) -> dict[str, float]:
        """Run all tests, with the coverage that CI measures, and return the seconds of each."""
        quietly([*self.command, "-p", "clock", seeded(seed)], self.project)
        text = (self.project / "seconds.json").read_text(encoding="utf-8")
        found: dict[str, float] = json.loads(text)
        return found

    def run(self, index: int) -> None:
        """Run one part as its machine does."""
        part = (option.format(part=index + 1) for option in CHOSEN)
        quietly([*self.command, seeded(7), "--cov-fail-under=0", *part], self.project)

    def collected(self, seed: int, *options: str) -> list[str]:
        """Name the tests that would run, in their order."""
        command = [*self.command, "--no-cov", "--collect-only", seeded(seed), *options]
        return [line for line in quietly(command, self.project).splitlines() if "::" in line]

    def parts(self, options: tuple[str, ...], seeds: list[int]) -> Parts:
        """Name the tests of each part, each machine having a seed."""
        return [
            self.collected(
                seed, *(option.format(part=index + 1, index=index) for option in options)
            )
            for index, seed in enumerate(seeds)
        ]


def main(rounds: int) -> None:
    """Measure each project."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        for number, (name, answers) in enumerate(PROJECTS.items()):
            project = render(snapshot, Path(folder) / str(number), answers)
            if not number:
                python = environment(project, Path(folder) / "environment")
            compare(name, Suite(project, python), rounds)


def environment(project: Path, folder: Path) -> Path:
    """Make an environment with what a project needs and the plugins that are compared."""
    subprocess.run([uv(), "venv", "-q", "-p", sys.executable, folder], check=True)
    place = ("-p", folder, "-c", CONSTRAINTS)
    command = [uv(), "pip", "install", "-q", "--no-config", *map(str, place), *COMPARED]
    subprocess.run([*command, *requirements(project)], check=True)
    return folder / "bin" / "python"


def compare(name: str, suite: Suite, rounds: int) -> None:
    """Print the table of one project."""
    (suite.project / KNOWN[1]).write_text(json.dumps(suite.seconds(0)), encoding="utf-8")
    runs: list[dict[str, float]] = []
    whole = [
        used(lambda: runs.append(suite.seconds(number)))  # noqa: B023
        for number in range(1, rounds + 1)
    ]
    weights = {test: statistics.median(run[test] for run in runs) for test in runs[0]}
    print(f"{name}: {len(weights)} tests of {sum(weights.values()):.1f} s, {PARTS} parts")
    print(f"  {'':30}  longest / mean   tests lost where each machine has a seed of its own")
    for way, options in PLUGINS.items():
        parts = suite.parts(options, [7] * PARTS)
        assert sorted(chain(*parts)) == sorted(weights), f"{way}: not each test once"
        own = suite.parts(options, [*range(PARTS)])
        line(way, parts, weights, len(weights.keys() - set(chain(*own))))
    names = sorted(weights)
    line("every fourth of the sorted ids", [names[k::PARTS] for k in range(PARTS)], weights, 0)
    line("hash of the file", by_file(names), weights, 0)
    row("whole suite, one machine", whole)
    row("one part, a machine each", [used(partial(suite.run, part)) for part in range(PARTS)])
    start_up(suite, rounds)


def by_file(names: list[str]) -> Parts:
    """Part tests by what their file is called."""
    found: Parts = [[] for _ in range(PARTS)]
    for name in names:
        found[crc32(name.partition("::")[0].encode()) % PARTS].append(name)
    return found


def line(way: str, parts: Parts, weights: dict[str, float], lost: int) -> None:
    """Print how even the parts are."""
    sums = [sum(weights[test] for test in part) for part in parts]
    print(f"  {way:30}  {max(sums) / statistics.mean(sums):14.2f}   {lost:10}")


def start_up(suite: Suite, rounds: int) -> None:
    """Print what collecting takes without the plugin, and with it at work."""
    first = tuple(option.format(part=1) for option in CHOSEN)
    without, split = [], []
    for _ in range(2 * rounds):
        without.append(used(lambda: suite.collected(7, "-p", "no:pytest-split")))
        split.append(used(lambda: suite.collected(7, *first)))
    row("collect, no plugin", without)
    row("collect, pytest-split", split)


def used(action: Callable[[], object]) -> float:
    """Return how many seconds of the processor the programs take that something starts."""
    before = os.times()
    action()
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def seeded(seed: int) -> str:
    """Return the option that sets the seed of the order."""
    return f"--randomly-seed={seed}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args().rounds)
