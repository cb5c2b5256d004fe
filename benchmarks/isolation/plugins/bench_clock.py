"""A plugin of pytest: what a test costs once the process is warm, start-up and end left out."""

from __future__ import annotations

import json
import os
import statistics
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

# The first tests pay for imports, connections and caches; the last one for the session's end.
WARM_UP = 30
ENDS: list[float] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Note when a test with all of its fixtures is over."""
    result = yield
    ENDS.append(time.perf_counter())
    return result


def pytest_sessionfinish() -> None:
    """Write what a test took in milliseconds: the mean, and what a tenth of them stays below."""
    if not ENDS:
        return
    times = [(end - start) * 1000 for start, end in pairwise(ENDS[WARM_UP - 1 : -1])]
    found = {"mean": statistics.mean(times), "undisturbed": statistics.quantiles(times, n=10)[0]}
    Path(os.environ["BENCH_REPORT"]).write_text(json.dumps(found), encoding="utf-8")
