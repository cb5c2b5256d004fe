"""Small changes of any expression of a project's app: which of them its suite does not notice.

What stays green is printed, to be read: it makes no difference, or a test is missing.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import measuring  # noqa: F401  (lets this script import the next lines)

from tests.faults.answers import ANSWERS, DEFAULT
from tests.faults.bench import Bench
from tests.faults.families.expressions import small
from tests.faults.families.reading import Source
from tests.faults.projects import SHARED, project
from tests.support.environments import environment

if TYPE_CHECKING:
    from tests.faults.fault import Fault


def main(answers: str, only: str, share: float, seed: str, workers: int) -> None:
    """Draw some of the changes and try each out."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ[SHARED] = folder
        drawn = changes(project(answers), only, share, seed)
        print(f"{len(drawn)} changes of the project {answers}, seed {seed}; green:", flush=True)
        python = environment(f"{sys.version_info[0]}.{sys.version_info[1]}", Path(sys.executable))
        benches: SimpleQueue[Bench] = SimpleQueue()
        for number in range(workers):
            place = Path(folder) / f"bench-{number}"
            place.mkdir()
            benches.put(stack.enter_context(Bench(python, place, project(DEFAULT))))

        def is_green(fault: Fault) -> bool:
            bench = benches.get()
            try:
                return not bench.try_out(fault, answers).red
            finally:
                benches.put(bench)

        green = 0
        with ThreadPoolExecutor(workers) as pool:
            for fault, unnoticed in zip(drawn, pool.map(is_green, drawn), strict=True):
                if unnoticed:
                    green += 1
                    print(f"  {fault}", flush=True)
    print(f"{len(drawn) - green} of {len(drawn)} went red.")


def changes(place: Path, only: str, share: float, seed: str) -> list[Fault]:
    """Draw from the changes of all modules whose path contains something."""
    found = [
        fault
        for path in sorted(place.glob("app/**/*.py"))
        if only in path.relative_to(place).as_posix()
        for fault in small(Source.of(place, path))
    ]
    return random.Random(seed).sample(found, round(len(found) * share))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", choices=ANSWERS, default=DEFAULT)
    parser.add_argument("--only", default="", help="a part of the path of the modules to change")
    parser.add_argument("--share", type=float, default=1, help="of the changes, from 0 to 1")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    main(options.answers, options.only, options.share, options.seed, options.workers)
