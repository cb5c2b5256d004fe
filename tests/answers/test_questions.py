"""The questions that a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.combinations import asked, impossible, questions
from tests.support.command_line import copy
from tests.support.terminal import ENTER, terminal
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.support.combinations import Combination

AT_MOST = 12
DEFAULTS = {
    "interface": "both",
    "auth": "both",
    "database": "sqlite",
    "license": "MIT",
    "python": "3.11",
    "containers": True,
    "ci": "github",
}


@pytest.mark.quick
def test_few_questions_each_with_help_and_default() -> None:
    """A person who takes everything answers at most twelve."""
    assert len(asked()) <= AT_MOST
    for name, question in asked().items():
        assert question["help"].endswith(("?", ")", ".")), name
        assert "default" in question, name


@pytest.mark.quick
def test_computed_values_are_never_asked() -> None:
    """What follows from other answers has no help text and is hidden."""
    hidden = {name: entry for name, entry in questions().items() if name not in asked()}
    assert all("help" not in entry and entry["when"] is False for entry in hidden.values())


def test_defaults(places: Path, destination: Path) -> None:
    """`--defaults` gives pages and API, both logins, SQLite; hidden values are not stored."""
    done = copy(places, destination)
    assert (done.status, done.lines) == (0, [])
    stored = yaml.safe_load((destination / ".copier-answers.yml").read_text(encoding="utf-8"))
    answers = {name: value for name, value in stored.items() if not name.startswith("_")}
    assert answers.keys() == asked().keys()
    assert {name: answers[name] for name in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(("pair", "why"), impossible(), ids=str)
def test_impossible_choice_is_shown_disabled(
    pair: Combination, why: str, copy_command: Sequence[str], tmp_path: Path
) -> None:
    """At the prompt it stands with its reason."""
    command = [*copy_command, "--data", f"interface={pair['interface']}"]
    with terminal(command, tmp_path, clean_environ()) as screen:
        for question in asked():
            if question == "auth":
                break
            if question != "interface":
                screen.wait_for(asked()[question]["help"])
                screen.type(ENTER)
        screen.wait_for(asked()["auth"]["help"])
        shown = screen.wait_for(why)
    assert f"- {label(pair['auth'])} ({why})" in [line.strip() for line in shown.splitlines()]


def label(auth: str) -> str:
    """Return the words that stand for a value of the question auth."""
    offered = asked()["auth"]["choices"].items()
    return next(str(k) for k, v in offered if isinstance(v, dict) and v["value"] == auth)
