"""What the benchmarks share; importing it lets them import this repository too."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from bootstrap import run_in_environment  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

run_in_environment("test")
# What a run inside another environment would hand on.
FOREIGN = ("VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE", "TEST_DATABASE_URL")


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def quietly(
    command: Sequence[str | Path], folder: Path, more: Mapping[str, str] | None = None
) -> str:
    """Run a command that must succeed, and return what it printed."""
    environ = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    done = subprocess.run(
        [*command],
        cwd=folder,
        env={**environ, **(more or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def row(name: str, seconds: Sequence[float]) -> float:
    """Print the median of some times with the least and the most, and return it."""
    median = statistics.median(seconds)
    print(f"  {name:24} {median:6.2f} s   ({min(seconds):.2f} to {max(seconds):.2f})")
    return median
