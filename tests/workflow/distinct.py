"""Every distinct workflow that the answers make."""

from __future__ import annotations

from itertools import product

from tests.support.combinations import Combination, choices

ANSWERS = ("python", "database", "containers", "ci")


def distinct() -> list[Combination]:
    """List the answers on which the files under .github depend, in all combinations."""
    values = [[value for value, _ in choices(name)] for name in ANSWERS]
    found = [Combination(tuple(zip(ANSWERS, some, strict=True))) for some in product(*values)]
    return [combination for combination in found if combination["ci"] != "none"]


def only(combination: Combination) -> Combination:
    """Leave out the answers on which they do not depend."""
    return Combination(tuple((name, combination[name]) for name in ANSWERS))
