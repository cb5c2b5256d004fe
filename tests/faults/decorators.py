"""Each view without one of its decorators: what guards it, limits it, or reads and tells for it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.faults.catalogue import Case, drawn, is_lot
from tests.faults.families.decorators import GUARDS, decorated, name_of
from tests.faults.families.reading import Source
from tests.faults.fault import fault, replaced
from tests.faults.projects import project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUTES = {"get", "post", "put", "patch", "delete", "route"}
ANSWERS = ("both", "api-jwt", "pages-session")


def cases() -> list[Case]:
    """List each decorator of each view under each of the answers.

    The usual run tries some under one of them, and leaves the guards to the families of faults.
    """
    found: dict[str, list[Case]] = {}
    for answers in ANSWERS:
        for case in without_decorators(project(answers), answers):
            found.setdefault(case.fault.name, []).append(case)
    return [
        Case(
            case.fault,
            case.answers,
            case.sampled and case.answers == drawn(name, under(same)) and is_lot(name),
        )
        for name, same in found.items()
        for case in same
    ]


def under(same: list[Case]) -> list[str]:
    """Return the answers of some cases."""
    return [case.answers for case in same]


def without_decorators(place: Path, answers: str) -> Iterator[Case]:
    """Make a fault of each decorator of each view that is not its route: that it is gone."""
    for path in sorted(place.glob("app/**/*.py")):
        source = Source.of(place, path)
        views = {view.name for view, each in decorated(source) if name_of(each) in ROUTES}
        for view, decorator in decorated(source):
            name = name_of(decorator)
            if view.name in views and name not in ROUTES:
                start, end = source.lines(decorator)
                change = replaced(source.file, source.text, start, end, "")
                gone = fault(f"{source.file}: {view.name} without @{shown(decorator)}", change)
                yield Case(gone, answers, name not in GUARDS)


def shown(decorator: ast.expr) -> str:
    """Write a decorator by its own name, without the blueprint's."""
    text = ast.unparse(decorator)
    before = text.partition("(")[0]
    return text[before.rfind(".") + 1 :]
