"""The valid combinations of answers, read from the questions of copier.yml."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from itertools import combinations as combine
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jinja2 import Environment, FileSystemLoader

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

MATRIX = ("interface", "auth", "database", "containers", "ci")
SUITES = ("interface", "auth", "database")
DRAWS = 30


@dataclass(frozen=True)
class Combination:
    """One way to answer the questions that shape a project."""

    answers: tuple[tuple[str, Any], ...]

    @property
    def data(self) -> dict[str, Any]:
        """Return the answers as Copier takes them."""
        return dict(self.answers)

    def __getitem__(self, question: str) -> Any:
        """Return one answer."""
        return self.data[question]

    def __str__(self) -> str:
        """Name the combination by its answers."""
        words = {True: "yes", False: "no"}
        return "-".join(words.get(answer, str(answer)) for _, answer in self.answers)

    def also(self, **answers: Any) -> Combination:
        """Return the same combination with more answers, or other ones."""
        return Combination(tuple({**self.data, **answers}.items()))


@cache
def questions() -> dict[str, dict[str, Any]]:
    """Read the questions of copier.yml, computed values included."""
    return {name: entry for name, entry in document().items() if not name.startswith("_")}


@cache
def document() -> dict[str, Any]:
    """Read copier.yml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))
    return found


def asked() -> dict[str, dict[str, Any]]:
    """Leave out what is computed from other answers."""
    return {name: entry for name, entry in questions().items() if entry.get("when") is not False}


def choices(question: str) -> list[tuple[Any, str]]:
    """List the values a question offers, each with the template of its refusal."""
    entry = questions()[question]
    if "choices" not in entry:
        return [(True, ""), (False, "")]
    offered = entry["choices"]
    values = list(offered.values()) if isinstance(offered, dict) else offered
    full = [value if isinstance(value, dict) else {"value": value} for value in values]
    return [(value["value"], value.get("validator", "")) for value in full]


def combinations(names: tuple[str, ...]) -> list[tuple[Combination, str]]:
    """List all combinations of some questions, each with the reason why it is refused."""
    found = []
    tags = Environment(loader=FileSystemLoader(ROOT), **document()["_envops"])
    for offered in product(*(choices(name) for name in names)):
        data = {name: value for name, (value, _) in zip(names, offered, strict=True)}
        reasons = (tags.from_string(rule).render(data) for _, rule in offered)
        found.append((Combination(tuple(data.items())), "".join(reasons).strip()))
    return found


@cache
def suites() -> list[Combination]:
    """List every valid interface, auth and database: what decides a project's Python."""
    return [combination for combination, refusal in combinations(SUITES) if not refusal]


@cache
def shapes() -> list[Combination]:
    """List every valid combination of all that decides which files a project has."""
    extras = [extra.answers for extra, _ in combinations(MATRIX[len(SUITES) :])]
    return [Combination((*suite.answers, *extra)) for suite in suites() for extra in extras]


def covering(seed: int, among: list[Combination] | None = None) -> list[Combination]:
    """Draw suites, or others, in which any two answers that go together meet at least once.

    The choice of the next best is no choice of the fewest: the shortest of some draws is taken.
    """
    offered = among or suites()
    chance = random.Random(seed)
    return min((greedily(chance.sample(offered, len(offered))) for _ in range(DRAWS)), key=len)


def greedily(left: list[Combination]) -> list[Combination]:
    """Take what has most of the pairs that are missing, until none is."""
    pairs = {suite: {*combine(suite.answers, 2)} for suite in left}
    missing = set().union(*pairs.values())
    drawn = []
    while missing:
        best = max(left, key=lambda suite: len(pairs[suite] & missing))
        left.remove(best)
        drawn.append(best)
        missing -= pairs[best]
    return drawn


@cache
def impossible() -> list[tuple[Combination, str]]:
    """List the interfaces and auths that do not go together, each with its reason."""
    return [(pair, why) for pair, why in combinations(("interface", "auth")) if why]


@cache
def matrix() -> list[Combination]:
    """List every valid combination; each Python version meets each suite once, licences rotate."""
    extras = [tuple(c.data.items()) for c, _ in combinations(MATRIX[len(SUITES) :])]
    pythons = [value for value, _ in choices("python")]
    licences = [value for value, _ in choices("license")]
    return [
        Combination((*suite.answers, *extra)).also(
            python=pythons[column % len(pythons)],
            license=licences[(row + column) % len(licences)],
        )
        for row, suite in enumerate(suites())
        for column, extra in enumerate(extras)
    ]


def parameters(listed: list[Combination]) -> list[ParameterSet]:
    """Name combinations as parameters of a test; `make quick` takes the first."""
    return [
        pytest.param(each, id=str(each), marks=() if number else pytest.mark.quick)
        for number, each in enumerate(listed)
    ]
