"""All edits, and the project whose owner has made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.update.owner.code import CODE
from tests.update.owner.feature import FEATURE
from tests.update.owner.pages import PAGES
from tests.update.owner.papers import PAPERS
from tests.update.owner.suite import SUITE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.update.owner.edit import Work

CATALOGUE: list[Work] = [*FEATURE, *CODE, *PAGES, *SUITE, *PAPERS]


def work_on(project: Path) -> list[Work]:
    """Make each edit for which there is something to edit, and return them."""
    made = []
    for work in CATALOGUE:
        if work.applies(project):
            work.make(project)
            made.append(work)
    return made
