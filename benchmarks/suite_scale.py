"""A suite of 1,000 small tests and one of 10,000: ms a test, peak memory, and two workers.

The tests are added to the default project, 50 a file, in the random order that is its default: of
ten, three read a page that shows a row, three call a service, four need neither app nor database.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import FOREIGN

from tests.support.environments import environment
from tests.support.rendering import render, take_snapshot

if TYPE_CHECKING:
    from resource import struct_rusage

FEW, MANY, A_FILE = 1_000, 10_000, 50
PLUGINS = Path(__file__).resolve().parent / "isolation" / "plugins"
HEAD = '''
"""Small tests."""

from app.pagination import page_number
from app.posts import service
'''
TESTS = (
    """
def test_{}_a_post_has_a_page(client, post):
    assert post.title in client.get(f"/posts/{{post.id}}").text
""",
    """
def test_{}_a_post_is_listed(db_session, user):
    service.create_post(db_session, user, title="Title", content="Text")
    assert service.list_posts(db_session).total == 1
""",
    """
def test_{}_a_page_has_a_number():
    assert page_number("3") == 3
""",
)
MIX = (0, 1, 2, 0, 1, 2, 0, 1, 2, 2)


@dataclass(frozen=True)
class Suite:
    """A run: how many tests, and what pytest is started with."""

    tests: int
    options: tuple[str, ...] = ("--no-cov",)

    def __str__(self) -> str:
        coverage = "" if "--no-cov" in self.options else ", coverage on"
        workers = ", two workers" if "-n" in self.options else ""
        return f"{self.tests:,} tests{coverage}{workers}"


@dataclass(frozen=True)
class Cost:
    """What a run took; a test of one process without start and end, in milliseconds."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    a_test: float


COVERED: tuple[str, ...] = ()
WORKERS = ("-n", "2")
SUITES = (
    Suite(FEW),
    Suite(MANY),
    Suite(MANY, ("--no-cov", *WORKERS)),
    Suite(FEW, COVERED),
    Suite(MANY, COVERED),
    Suite(MANY, (*COVERED, *WORKERS)),
)
Costs = dict[Suite, list[Cost]]


def main(rounds: int) -> None:
    """Run all suites in turn, again and again, so that all meet the same machine."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = environment(version, Path(sys.executable).resolve())
    costs: Costs = {suite: [] for suite in SUITES}
    with tempfile.TemporaryDirectory() as folder:
        snapshot = take_snapshot(Path(folder) / "snapshot")
        projects = {tests: project(snapshot, tests) for tests in (FEW, MANY)}
        for _ in range(rounds):
            for suite in SUITES:
                costs[suite].append(cost(python, projects[suite.tests], suite))
    print_table(costs, rounds)
    for options in (("--no-cov",), COVERED):
        print_ratios(costs, options)


def project(snapshot: Path, tests: int) -> Path:
    """Render the default project, and add the tests to it."""
    folder = render(snapshot, snapshot.with_name(f"project-{tests}"), {})
    scale = folder / "tests" / "integration" / "scale"
    scale.mkdir()
    for first in range(0, tests, A_FILE):
        numbers = range(first, first + A_FILE)
        made = [TESTS[MIX[number % len(MIX)]].format(number) for number in numbers]
        text = "\n".join([HEAD, *made]).strip()
        (scale / f"test_{first}.py").write_text(f"{text}\n", encoding="utf-8")
    return folder


def cost(python: Path, folder: Path, suite: Suite) -> Cost:
    """Run the tests of a project once: one process on one core, two workers on all."""
    report = folder / "report.json"
    mine = {"PYTHONPATH": str(PLUGINS), "BENCH_REPORT": str(report), "NO_COLOR": "1"}
    environ = {name: value for name, value in os.environ.items() if name not in FOREIGN} | mine
    clock = () if "-n" in suite.options else ("-p", "bench_clock")
    command = [str(python), "-m", "pytest", "-q", *clock, *suite.options, "tests/integration/scale"]
    cores = os.sched_getaffinity(0)
    if clock:
        os.sched_setaffinity(0, {min(cores)})
    start = time.perf_counter()
    used = usage_of(command, folder, environ)
    seconds = time.perf_counter() - start
    os.sched_setaffinity(0, cores)
    a_test = json.loads(report.read_text(encoding="utf-8"))["mean"] if clock else 0
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, a_test)


def usage_of(command: list[str], folder: Path, environ: dict[str, str]) -> struct_rusage:
    """Run a command that must succeed; return its time and the memory of its largest process."""
    output = folder / "output.txt"
    child = os.fork()
    if not child:
        os.chdir(folder)
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(1, 2)
        os.execve(command[0], command, environ)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"pytest failed:\n{output.read_text(encoding='utf-8')[-3000:]}")
    return used


def print_table(costs: Costs, rounds: int) -> None:
    """Print what each run took."""
    print(f"Small tests of the default project, median of {rounds} rounds (least to most):")
    head = ("seconds", "of CPU", "MB", "ms a test")
    print(f"  {'':41} {head[0]:>24} {head[1]:>8} {head[2]:>6} {head[3]:>24}")
    for suite, found in costs.items():
        seconds = summary([one.seconds for one in found])
        cpu = statistics.median(one.cpu_seconds for one in found)
        memory = statistics.median(one.megabytes for one in found)
        a_test = summary([one.a_test for one in found]) if found[0].a_test else ""
        print(f"  {suite!s:41} {seconds:>24} {cpu:8.2f} {memory:6.0f} {a_test:>24}")


def summary(values: list[float]) -> str:
    """Write a median with the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def print_ratios(costs: Costs, options: tuple[str, ...]) -> None:
    """Print what was asked for: the median of the ratios of each round."""
    few, many = costs[Suite(FEW, options)], costs[Suite(MANY, options)]
    workers = costs[Suite(MANY, (*options, *WORKERS))]
    rounds = range(len(few))
    print("With coverage:" if options == COVERED else "Without coverage:")
    row("ms a test, 10,000 / 1,000", [many[n].a_test / few[n].a_test for n in rounds], "most 1.1")
    row(
        "memory, 10,000 / 1,000", [many[n].megabytes / few[n].megabytes for n in rounds], "most 1.3"
    )
    row(
        "one process / two workers",
        [many[n].seconds / workers[n].seconds for n in rounds],
        "least 1.6",
    )


def row(name: str, ratios: list[float], asked: str) -> None:
    """Print a ratio, and what it should be."""
    print(f"  {name:30} {statistics.median(ratios):6.2f}   (at {asked})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args().rounds)
