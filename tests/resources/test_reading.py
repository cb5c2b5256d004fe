"""Whatever is typed as resources is refused by one line, or is what YAML reads too."""

from __future__ import annotations

import json

import yaml
from hypothesis import example, given, seed, settings
from hypothesis import strategies as st

from tests.support.drawn import ONCE, SEED, answers
from tests.support.resources import problem_of, read

PARTS = st.sampled_from([
    *"{}[]:,'\"?!=()|.# \n\\-&*%@`~<>",
    ": ", ", ", "{book: {title: ", "}}", "title: ", "text", "str(20)", "int(1..5)", "=a b",
    "ref(book)", "owned: true", "plural: books", "decimal(10,2)", "null", "yes", "é", "\U0001f680",
    "1", "book",
])  # fmt: skip
WORDS = {"true": True, "True": True, "yes": True, "false": False}


@seed(SEED)
@settings(ONCE, max_examples=1000)
@example('{book: {"title"\n: text}}')
@example("{book\n: {title: text}}")
@example('{"book ": {title: text}}')
@example('{book: {" title": text}}')
@given(st.lists(PARTS, max_size=30).map("".join))
def test_anything_is_refused_by_one_line_or_read_as_yaml_reads_it(text: str) -> None:
    """No text breaks the reader, and none means one thing here and another in YAML."""
    check(text)


@seed(SEED)
@settings(ONCE, max_examples=150)
@given(answers(), st.data())
def test_a_slip_is_refused_by_one_line_or_read_as_yaml_reads_it(
    answer: str, data: st.DataObject
) -> None:
    """A good answer with one character more, less or instead."""
    at = data.draw(st.integers(0, len(answer)))
    more = data.draw(st.one_of(PARTS, st.just("")))
    check(answer[:at] + more + answer[at + data.draw(st.integers(0, 1)) :])


@seed(SEED)
@settings(ONCE, max_examples=150)
@given(answers())
def test_what_the_language_allows_is_taken(answer: str) -> None:
    """What is drawn from it is read as YAML reads it."""
    assert problem_of(answer) == ""
    check(answer)


def check(text: str) -> None:
    """Check what is said of a text, or how it is read where nothing is said."""
    if said := problem_of(text):
        assert len(said.splitlines()) == 1
        return
    theirs = {
        name: {key: plain(value) for key, value in fields.items()}
        for name, fields in yaml.safe_load(text.replace("?", "\ue000")).items()
    }
    assert theirs == {
        name: {key: WORDS.get(value, value) for key, value in fields.items()}
        for name, fields in json.loads(read(text)).items()
    }


def plain(value: object) -> object:
    """Return what YAML read, with the question marks that it does not take."""
    return value.replace("\ue000", "?") if isinstance(value, str) else value
