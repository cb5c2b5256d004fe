"""What a test costs in the ways to keep tests apart: ours, the tutorial's, Django's and others.

The test is the same in each: a row by the ORM, a GET that shows it, a POST that commits a second
one, and the count of both by the ORM. There are two apps. `api` is a JSON API of notes without
accounts, beside a Django project with as little: no sessions, no users. `pages` is the default
project and one as `startproject` makes it: a user who is logged in reads a page and sends the form
with the token that the page has; CSRF protection is on in both. Rows are made by the plain ORM,
the user by factory-boy. All run in one environment with the same plugins of pytest; the first
tests of a process, start-up and end do not count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from measuring import quietly

# isort: split
import pytest
from isolation.environment import environment
from isolation.ways import (
    API,
    DJANGO,
    HERE,
    OURS,
    PAGES,
    TUTORIAL,
    WAYS,
    Way,
    arguments,
    environ,
    project,
)

from tests.support.machine import server_url
from tests.support.rendering import take_snapshot

Times = dict[Way, list[dict[str, float]]]
ASKED = [
    (f"ours / Django's, {app}, {name}", Way(OURS, app, key), Way(DJANGO, app, key), "at most 0.9")
    for app in (API, PAGES)
    for key, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL"))
]
ASKED += [
    (f"the tutorial's / ours, {app}, SQLite", Way(TUTORIAL, app), Way(OURS, app), "at least 8")
    for app in (API, PAGES)
]


def main(rounds: int, tests: int, only: list[str], *, statements: bool) -> None:
    """Run all ways in turn, again and again, so that all meet the same machine."""
    chosen = [way for way in WAYS if not only or any(text in str(way) for text in only)]
    ways = [way for way in chosen if is_there(way)]
    python = environment()
    times: Times = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        for _ in range(rounds):
            for way in ways:
                times[way].append(reported(python, way, snapshot, tests, "bench_clock"))
        print_table(times, rounds, tests)
        print_ratios(times)
        if statements:
            for way in ways:
                print_statements(python, way, snapshot)


def is_there(way: Way) -> bool:
    """Tell whether this machine has the server of a way, and say so where it has not."""
    try:
        return way.database == "sqlite" or bool(server_url(way.database))
    except pytest.skip.Exception as lack:
        print(f"left out: {way} ({lack})")
        return False


def reported(python: Path, way: Way, snapshot: Path, tests: int, plugin: str) -> Any:
    """Run the tests of a way once, and return what a plugin of ours has written."""
    report = snapshot.with_name("report.json")
    settings = {
        "PYTHONPATH": str(HERE / "plugins"),
        "BENCH_REPORT": str(report),
        "BENCH_TESTS": str(tests),
    }
    command = (str(python), "-m", "pytest", "-p", plugin, *arguments(way))
    quietly(command, project(way, snapshot), {**settings, **environ(way)})
    return json.loads(report.read_text(encoding="utf-8"))


def print_table(times: Times, rounds: int, tests: int) -> None:
    """Print milliseconds a test."""
    print(f"Milliseconds a test, {tests} tests a run, median of {rounds} rounds (least to most),")
    print("and what a tenth of the tests stays below, which others' load hardly touches:")
    for way, found in times.items():
        mean = [one["mean"] for one in found]
        undisturbed = statistics.median(one["undisturbed"] for one in found)
        spread = f"({min(mean):.2f} to {max(mean):.2f})"
        print(f"  {way!s:32} {statistics.median(mean):7.2f}   {spread:18} {undisturbed:7.2f}")


def print_ratios(times: Times) -> None:
    """Print what was asked for, of the means and of undisturbed tests."""
    print(f"{'Ratios, of the means and undisturbed':50} asked")
    for name, one, other, asked in ASKED:
        if one in times and other in times:
            found = (ratio(times[one], times[other], kind) for kind in ("mean", "undisturbed"))
            print(f"  {name:36} {' '.join(f'{value:5.2f}' for value in found)}   {asked}")


def ratio(times: list[dict[str, float]], others: list[dict[str, float]], kind: str) -> float:
    """Compare two ways: the median of the ratios of each round."""
    pairs = zip(times, others, strict=True)
    return statistics.median(one[kind] / other[kind] for one, other in pairs)


def print_statements(python: Path, way: Way, snapshot: Path) -> None:
    """Print what one test sends to its database."""
    found = reported(python, way, snapshot, 50, "bench_statements")
    print(f"{way}: {len(found)} statements in a test")
    for statement in found:
        print(f"    {' '.join(statement.split())[:120]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tests", type=int, default=300, help="how many, more than 40")
    parser.add_argument("--only", action="append", default=[], help="part of a way's name")
    parser.add_argument("--statements", action="store_true", help="show those of one test")
    given = parser.parse_args()
    main(given.rounds, given.tests, given.only, statements=given.statements)
