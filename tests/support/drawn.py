"""Answers that hypothesis draws from all that a project may be about."""

from __future__ import annotations

import json
import os
import re
import shlex
from functools import cache
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st

from tests.support.checks import leftovers
from tests.support.combinations import Combination, suites
from tests.support.paths import ROOT
from tests.support.resources import problem_of, reserved
from tests.support.texts import TAKEN

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

SEED = int(os.environ.get("EVERGREEN_SEED", "0"))
KINDS = sorted(path.stem for path in (ROOT / "includes" / "fields").glob("*.yml"))
LISTS = ("python", "sql", "libraries", "fields", "resources", "builtins")
NAME_LENGTH, WORDS = 24, 3
MOST_RESOURCES, MOST_FIELDS = 4, 6
SMALLEST, LARGEST = -(2**31), 2**31 - 1
# What looks like a tag of the template is left to tests/answers: here it would hide a real one.
NAMES = [text for text in TAKEN.values() if not [*leftovers(text)]]
ONCE = settings(
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def drawn(count: int, salt: str = "") -> list[Combination]:
    """Draw some answers; the same ones in every process of a run."""
    return [draw_one(f"{SEED} {salt} {number}") for number in range(count)]


def draw_one(salt: str) -> Combination:
    """Draw one; those of one run of hypothesis are much alike, and the first is the least."""
    found: list[Combination] = []

    @seed(salt)
    @settings(ONCE, max_examples=3)
    @given(projects())
    def draw(answers: Combination) -> None:
        found.append(answers)

    draw()
    return found[-1]


def command(answers: Combination) -> str:
    """Write answers as they can be given to `copier copy`."""
    return " ".join(f"-d {shlex.quote(f'{name}={value}')}" for name, value in answers.answers)


@st.composite
def projects(draw: DrawFn) -> Combination:
    """Draw resources, what makes a suite, and a nasty name; every suite must be green under it."""
    resources = draw(answers())
    suite = draw(st.sampled_from(suites()))
    return suite.also(resources=resources, project_name=draw(st.sampled_from(NAMES)))


@st.composite
def answers(draw: DrawFn) -> str:
    """Draw resources that are not refused, in any order, as YAML or as JSON."""
    names = draw(st.lists(resource_names(), min_size=1, max_size=MOST_RESOURCES, unique=True))
    spec = {name: draw(fields(names[:number])) for number, name in enumerate(names)}
    mapping = {name: spec[name] for name in draw(st.permutations(names))}
    text = json.dumps(mapping) if draw(st.booleans()) else plain(mapping)
    assume(not problem_of(text, database="mysql"))
    return text


def plain(mapping: dict[str, dict[str, Any]]) -> str:
    """Write a mapping as a person would: quotes where YAML needs them."""
    resources = []
    for name, spec in mapping.items():
        words = (
            f"{key}: {quoted(value) if isinstance(value, str) else str(value).lower()}"
            for key, value in spec.items()
        )
        resources.append(f"{name}: {{{', '.join(words)}}}")
    return f"{{{', '.join(resources)}}}"


def quoted(text: str) -> str:
    """Put quotes around what YAML would take apart."""
    return f'"{text}"' if re.search(r"[][{},#:]", text) else text


@st.composite
def names(draw: DrawFn, refused: frozenset[str]) -> str:
    """Draw a name: often of words, at times as long as can be, and never a reserved one."""
    word = st.text(ascii_lowercase, min_size=1, max_size=9)
    first = draw(word)
    rest = draw(st.lists(st.text(ascii_lowercase + digits, min_size=1, max_size=9), max_size=WORDS))
    name = "_".join([first, *rest])[:NAME_LENGTH].rstrip("_")
    if draw(st.integers(0, 9)) == 0:
        name = (name + "x" * NAME_LENGTH)[:NAME_LENGTH]
    return f"{name}_x"[-NAME_LENGTH:].lstrip("_0123456789") if name in refused else name


def resource_names() -> SearchStrategy[str]:
    """Draw the name of a resource."""
    usual = st.sampled_from(["book", "author", "category", "person", "invoice_line", "hour", "box"])
    return st.one_of(usual, names(refusals()))


def field_names() -> SearchStrategy[str]:
    """Draw the name of a field."""
    usual = st.sampled_from(["title", "name", "text", "body", "status", "type", "email", "url"])
    return st.one_of(usual, names(refusals()))


@cache
def refusals() -> frozenset[str]:
    """Collect all reserved words."""
    return frozenset().union(*(reserved(name) for name in LISTS))


@st.composite
def fields(draw: DrawFn, others: list[str]) -> dict[str, str | bool]:
    """Draw a resource: its fields, an owner and another plural at times."""
    keys = draw(st.lists(field_names(), min_size=1, max_size=MOST_FIELDS, unique=True))
    spec: dict[str, str | bool] = {key: draw(field(others)) for key in keys}
    if draw(st.booleans()):
        spec["owned"] = draw(st.one_of(st.just(value=True), st.sampled_from(["author", "seller"])))
    if draw(st.integers(0, 4)) == 0:
        spec["plural"] = f"many_{draw(st.text(ascii_lowercase, min_size=1, max_size=20))}"
    return spec


@st.composite
def field(draw: DrawFn, others: list[str]) -> str:
    """Draw a field of any type; those that are new are drawn as their usage shows them."""
    kind = draw(st.sampled_from([kind for kind in KINDS if others or kind != "ref"]))
    if kind == "ref":
        return f"ref({draw(st.sampled_from(others))}){draw(st.sampled_from(['', '?', '!', '!?']))}"
    written, default = draw(WRITTEN.get(kind, as_used(kind)))
    marks = draw(st.sampled_from(["", "", "?", "!", "?!", "!?", "="]))
    candidate = written + (f"={default}" if marks == "=" else marks)
    return candidate if can_be(candidate) else written


@cache
def can_be(text: str) -> bool:
    """Tell whether a type allows this."""
    return not problem_of(f"{{thing: {{other: text, label: '{text}'}}}}")


def as_used(kind: str) -> SearchStrategy[tuple[str, str]]:
    """Draw a type as the first words of its file show it."""
    text = (ROOT / "includes" / "fields" / f"{kind}.yml").read_text(encoding="utf-8")
    usage = dict(re.findall(r"^(usage|default_usage): (.+)$", text, re.MULTILINE))
    default = usage.get("default_usage", "=").split("=")[1].split(", ")[0].split(" or ")[0]
    ways = usage["usage"].strip("'\"").split(" or ")
    return st.sampled_from([(way, default) for way in ways])


def ranged(kind: str, numbers: SearchStrategy[Any]) -> SearchStrategy[tuple[str, str]]:
    """Draw a number of any value or of a range, and a default in it."""
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]).map(sorted)
    within = pairs.flatmap(
        lambda pair: st.sampled_from(pair).map(lambda n: (f"{kind}({pair[0]}..{pair[1]})", f"{n}"))
    )
    return st.one_of(numbers.map(lambda number: (kind, f"{number}")), within)


def decimals() -> SearchStrategy[tuple[str, str]]:
    """Draw how many digits there are, and a default that fits."""
    return st.integers(1, 18).flatmap(
        lambda digits: st.integers(0, digits).map(
            lambda scale: (f"decimal({digits},{scale})", "-0.1" if scale else "7")
        )
    )


def words(longest: int) -> SearchStrategy[str]:
    """Draw some text that may be a default."""
    letters = st.sampled_from([*ascii_lowercase, *digits, "A", "Z", "ß", "é", "-", "_"])
    return st.text(letters, min_size=1, max_size=longest)


CHOICE = st.text(ascii_lowercase + digits + "_-", min_size=1, max_size=40)
WRITTEN: dict[str, SearchStrategy[tuple[str, str]]] = {
    "choice": st.lists(CHOICE, min_size=2, max_size=20, unique=True).map(
        lambda choices: (f"choice({'|'.join(choices)})", choices[-1])
    ),
    "decimal": decimals(),
    "float": ranged("float", st.sampled_from(["-9.5", "-1", "0", "0.25", "1", "7.125", "999"])),
    "int": ranged("int", st.one_of(st.integers(-9, 99), st.sampled_from([SMALLEST, LARGEST]))),
    "str": st.one_of(st.sampled_from([1, 2, 3, 650, 1000]), st.integers(1, 200)).flatmap(
        lambda length: words(min(length, 40)).map(lambda text: (f"str({length})", text))
    ),
    "text": words(49).map(lambda text: ("text", text)),
}
