"""Faults of a suite itself: what makes green mean nothing, and who notices each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.faults.fault import Fault

if TYPE_CHECKING:
    from pathlib import Path

# The name has it run before all others, where the order is the one of the files.
NEW_TEST = "tests/e2e/test_a_new_one.py"


@dataclass(frozen=True)
class SuiteFault(Fault):
    """A fault of a suite: a new file of tests and changes; who notices it, on which database."""

    test: str = ""
    noticed_by: str = "the suite"
    database: str = "sqlite"

    def put_into(self, project: Path) -> None:
        """Make the changes, and add the tests."""
        super().put_into(project)
        if self.test:
            (project / NEW_TEST).write_text(f'"""New tests."""\n{self.test}', encoding="utf-8")


def change(file: str, old: str, new: str, name: str, **more: Any) -> SuiteFault:
    """Make a fault of one change."""
    return SuiteFault(name, ((file, old, new),), **more)


def new_test(name: str, text: str, **more: Any) -> SuiteFault:
    """Make a fault of new tests."""
    return SuiteFault(name, (), test=text, **more)
