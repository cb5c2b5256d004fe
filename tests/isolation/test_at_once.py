"""A generated suite comes to the same in parallel: by workers, and beside another run of itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import DEFAULTS, on, some_of
from tests.support.suite import database_url

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.outcomes import Suite


@pytest.mark.parametrize("workers", some_of(["2", "4"], 1))
@on(DEFAULTS, 1, "workers")
def test_workers(suite: Suite, workers: str) -> None:
    """Each worker has a database of its own."""
    suite.assert_same("-n", workers)


@pytest.mark.parametrize("workers", some_of(["0", "2"], 1))
@on(DEFAULTS, 1, "runs")
def test_two_runs_at_once(suite: Suite, workers: str, tmp_path: Path) -> None:
    """With one address for both, as two terminals or two jobs on one server have."""
    url = database_url(suite.database) or f"sqlite:///{tmp_path}/at_once_test.db"
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(suite.run, "-n", workers, TEST_DATABASE_URL=url) for _ in range(2)]
    for each in runs:
        each.result().assert_same(suite.expected)
