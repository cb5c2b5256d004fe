"""What a person types at the prompt is refused below it, or taken as it was typed."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.answers.conftest import TEXTS
from tests.support.checks import assert_none
from tests.support.combinations import asked
from tests.support.drawn import SEED
from tests.support.places import wrong
from tests.support.resources import DEFAULT
from tests.support.terminal import ENTER, terminal
from tests.support.texts import ADDRESSES, NO_ADDRESSES, REFUSED, TAKEN
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.support.terminal import Terminal

    Typed = dict[str, list[str]]

COPIER = Path(sys.executable).with_name("copier")
HALF = re.compile("[\ud800-\udfff]")
RESOURCES = (
    "{book: {title: intt}}",
    "{}",
    "{book",
    "",
    "{book: {class: text}}",
    "!!python/name:id",
)


def encodable(texts: Iterable[str]) -> list[str]:
    """Leave out what no keyboard types: half a character, and what takes long to be drawn."""
    return [text for text in texts if len(text) < 1000 and not HALF.search(text)]


def refused(most: int | None) -> Typed:
    """Say what is typed first at each question: some of what is refused, or all."""
    drawn = random.Random(f"{SEED} typed")
    lists = {name: encodable(REFUSED.values()) for name in TEXTS}
    lists |= {"email": encodable(NO_ADDRESSES), "resources": [*RESOURCES]}
    return {name: drawn.sample(texts, most or len(texts)) for name, texts in lists.items()}


def taken() -> list[tuple[str, ...]]:
    """List what is taken, so many as are asked for at a time."""
    texts = encodable(TAKEN.values())
    random.Random(f"{SEED} typed").shuffle(texts)
    return [*zip(*(texts[start :: len(TEXTS)] for start in range(len(TEXTS))), strict=False)]


def answer(screen: Terminal, question: str, refused: Sequence[str], last: str) -> None:
    """Answer a question wrongly, each time with a line that says why, and then well."""
    screen.wait_for(asked()[question]["help"][:60])
    for text in refused:
        screen.paste(text)
        screen.type(ENTER)
        screen.wait_for(f"Validation error for question '{question}': ")
        screen.paste(last)
        screen.wait_until_gone("Validation error")
    screen.paste(last)
    screen.type(ENTER)


def fill_in(places: Path, project: Path, wrongly: Typed, texts: Sequence[str]) -> dict[str, str]:
    """Make a project by hand, and return what was typed."""
    typed = {**dict(zip(TEXTS, texts, strict=True)), "email": ADDRESSES["every letter"]}
    command: list[str | Path] = [COPIER, "copy", "--skip-tasks", "--trust", places, project]
    with terminal(command, project.parent, clean_environ()) as screen:
        for question in asked():
            if question in typed or question == "resources":
                answer(screen, question, wrongly.get(question, []), typed.get(question, DEFAULT))
            else:
                screen.wait_for(asked()[question]["help"])
                screen.type(ENTER)
        assert screen.finish() == 0, screen.text
    return {**typed, "license": "MIT"}


def test_typed_answers(places: Path, destination: Path) -> None:
    """Some of what is refused at each question, then something nasty that is taken."""
    typed = fill_in(places, destination, refused(4), taken()[0])
    assert_none(wrong(destination, typed))


@pytest.mark.exhaustive
def test_all_refusals_at_the_prompt(places: Path, destination: Path) -> None:
    """Each at each question."""
    fill_in(places, destination, refused(None), taken()[0])


@pytest.mark.exhaustive
@pytest.mark.parametrize("texts", taken()[1:], ids=range(1, len(taken())))
def test_all_that_is_taken_at_the_prompt(
    texts: tuple[str, ...], places: Path, destination: Path
) -> None:
    """Each once."""
    assert_none(wrong(destination, fill_in(places, destination, {}, texts)))
