"""All faults: those written by hand, by theme, and those read off the code, kind by kind."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from tests.faults.answers import POSTS
from tests.faults.by_hand import by_hand
from tests.faults.families import FAMILIES
from tests.faults.families.reading import Source
from tests.faults.projects import project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

SEED = os.environ.get("EVERGREEN_SEED", "0")
# So many of the faults each run tries; another seed, other ones.
SHARE = 0.08


@dataclass(frozen=True)
class Case:
    """A fault under some answers, and whether the usual run tries it under just these."""

    fault: Fault
    answers: str
    sampled: bool

    def __str__(self) -> str:
        """Name it."""
        return f"{self.fault} [{self.answers}]"


@cache
def cases() -> list[Case]:
    """List all faults, each under all answers that it applies to."""
    found: dict[str, dict[str, Fault]] = defaultdict(dict)
    written = ((answers, fault) for fault in by_hand() for answers in fault.answers)
    for answers, fault in chain(written, read_off()):
        assert answers not in found[fault.name], f"two faults are called {fault} [{answers}]"
        found[fault.name][answers] = fault
    return [
        Case(fault, answers, answers == drawn(name, [*under]) and is_lot(name))
        for name, under in found.items()
        for answers, fault in under.items()
    ]


def read_off() -> Iterator[tuple[str, Fault]]:
    """Return the faults of each kind in each project."""
    for answers in POSTS:
        place, names = project(answers), Counter[str]()
        for pattern, kinds in FAMILIES.items():
            for path in sorted(place.glob(pattern)):
                source = Source.of(place, path)
                for fault in chain.from_iterable(kind(source) for kind in kinds):
                    names[fault.name] += 1
                    number = names[fault.name]
                    yield answers, fault if number == 1 else renamed(fault, number)


def renamed(fault: Fault, number: int) -> Fault:
    """Return a fault under a name that no other has."""
    return replace(fault, name=f"{fault.name}, {number}")


def is_lot(name: str) -> bool:
    """Tell whether a fault is among those that this run tries."""
    return random.Random(f"{SEED} lot {name}").random() < SHARE


def drawn(name: str, answers: list[str]) -> str:
    """Draw the answers under which this run tries a fault."""
    return random.Random(f"{SEED} {name}").choice(answers)
