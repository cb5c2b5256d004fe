"""A suite goes red for each fault: coverage alone would not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.suite import say
from tests.support.tools import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.faults.bench import Bench
    from tests.faults.catalogue import Case

# A name that nothing has: that is no fault but a program that does not run.
BROKEN = ("check", "--no-cache", "--isolated", "--select=F821,F822,F823", "--output-format=concise")


def test_suite_notices(
    case: Case, bench: Bench, python: Path, request: pytest.FixtureRequest
) -> None:
    """Tests ran, and at least one of them fails."""
    verdict = bench.try_out(case.fault, case.answers)
    assert verdict.red, f"{case} stays green\n{verdict.output[-2000:]}"
    changed = [file for file in case.fault.files if file.endswith(".py")]
    checked = run(python, bench.folder / case.answers, "ruff", *BROKEN, *changed, "app/__init__.py")
    assert not checked.returncode, checked.stdout
    say(request, f"{case}: {verdict.reason.partition(' - ')[0]}")
