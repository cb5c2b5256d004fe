"""An answer that cannot be is refused by one clear line, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.answers.conftest import TEXTS
from tests.support.checks import assert_none
from tests.support.combinations import asked, impossible, questions
from tests.support.command_line import copy as copy_here
from tests.support.texts import NO_ADDRESSES, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tests.answers.conftest import Copy

    Refusal = Callable[..., str]

ADDRESS = "must be an address such as ann@example.com, or empty"
QUESTIONS = ", ".join(asked())
ELSEWHERE = {
    "license": ("GPL-3.0", "must be one of MIT, BSD-3-Clause, Apache-2.0, none"),
    "python": ("3.10", "must be one of 3.11, 3.12, 3.13, 3.14"),
    "interface": ("graphql", "must be one of both, api, pages"),
    "auth": ("oauth", "must be one of both, session, jwt, none"),
    "database": ("oracle", "must be one of sqlite, postgresql, mysql"),
    "ci": ("gitlab", "must be one of github, github-shards, none"),
    "containers": ("maybe", "must be true or false"),
}
# What YAML does not read as text, and Copier would make other text of.
NO_TEXT = ("no", "0x10", "017", "1_000", "12:30", "1.10", "123", "2026-01-01", "null", "~", "",
    "[a]", "{a: b}", "!!binary aGk=", "!!set {a}", ".nan", "1.0e+3", "2026-01-01 10:00:00",
)  # fmt: skip
PAIR = "needs pages (the interface is api)"
ENDS = {
    ("project_name=",): "project_name: must not be blank",
    ("interface=api", "auth=session"): f"auth: {PAIR}",
    ("session=true",): f"session: is no question; there are {QUESTIONS}",
}


@pytest.fixture
def refusal(places: Path, destination: Path) -> Refusal:
    """Return the function that gives answers on the command line, and returns why not."""

    def run(*answers: str, file: Path | None = None) -> str:
        options = [f"--data={answer}" for answer in answers]
        options += [f"--data-file={file}"] if file else []
        said = copy_here(places, destination, *options).refusal
        return f"{said}, and something is written" if destination.exists() else said

    return run


@pytest.fixture
def refusal_of_file(refusal: Refusal, tmp_path: Path) -> Callable[[str], str]:
    """Return the function that gives answers in a file, and returns why not."""

    def run(text: str) -> str:
        file = tmp_path / "answers.yml"
        file.write_text(text, encoding="utf-8")
        return refusal(file=file)

    return run


def test_text_is_refused(refusal: Refusal, refusal_of_file: Callable[[str], str]) -> None:
    """What no file could hold as it was typed, whatever question it answers and however."""
    said = {
        (question, kind): (
            refusal(f"{question}={answer}"),
            refusal_of_file(yaml.safe_dump({question: answer})),
        )
        for question in TEXTS
        for kind, answer in REFUSED.items()
    }
    assert_none(unclear(said, "must "))


def test_address_is_refused(refusal: Refusal, refusal_of_file: Callable[[str], str]) -> None:
    """An e-mail address that is none."""
    said = {
        ("email", answer): (
            refusal(f"email={answer}"),
            refusal_of_file(yaml.safe_dump({"email": answer})),
        )
        for answer in NO_ADDRESSES
    }
    assert_none(unclear(said, ADDRESS))


def unclear(said: Mapping[tuple[str, str], Iterable[str]], why: str) -> Iterable[str]:
    """List the answers that are not refused by a line which names the question and says why."""
    for (question, answer), lines in said.items():
        for line in lines:
            if not line.startswith(f"Not taken: {question}: {why}"):
                yield f"{question}={answer!r}: {line}"


@pytest.mark.parametrize("answer", NO_TEXT)
def test_what_yaml_does_not_read_as_text_is_refused(
    answer: str, refusal_of_file: Callable[[str], str]
) -> None:
    """Else a name `no` would be False, and 0x10 be 16."""
    for question in TEXTS:
        said = refusal_of_file(f"{question}: {answer}\n")
        assert said == f"Not taken: {question}: must be text: put quotes around it"
    assert refusal_of_file(f"email: {answer}\n") == f"Not taken: email: {ADDRESS}"


@pytest.mark.parametrize(("pair", "why"), impossible(), ids=str)
def test_impossible_pair(pair: dict[str, str], why: str, refusal: Refusal) -> None:
    """Session needs pages, and JWT needs an API."""
    said = refusal(f"interface={pair['interface']}", f"auth={pair['auth']}")
    assert said == f"Not taken: auth: {why}"


@pytest.mark.parametrize(("question", "answer", "why"), [(q, *a) for q, a in ELSEWHERE.items()])
def test_unknown_choice_is_refused(
    question: str,
    answer: str,
    why: str,
    refusal: Refusal,
    refusal_of_file: Callable[[str], str],
) -> None:
    """A choice that is not offered is refused by name, and what is no text too."""
    said = [refusal(f"{question}={answer}"), refusal(f"{question}=")]
    said += [refusal_of_file(f"{question}: {value}") for value in ("null", "[a]", "{a: b}", "-1.5")]
    assert {*said} == {f"Not taken: {question}: {why}"}


def test_what_is_offered_is_what_is_taken() -> None:
    """The choices stand twice, for Copier and for the line that refuses all others."""
    for name, question in asked().items():
        if "choices" in question:
            values = values_of(question["choices"])
            assert f"choice('{name}', {values})" in question["type"]


def values_of(choices: Any) -> list[str]:
    """Return the values of a question's choices."""
    listed = choices.values() if isinstance(choices, dict) else choices
    return [value["value"] if isinstance(value, dict) else value for value in listed]


def test_what_is_no_question_is_refused(refusal: Refusal) -> None:
    """Neither what is mistyped, nor what follows from the answers, nor what Copier keeps."""
    hidden = questions().keys() - asked().keys()
    for name in ("typo", "Project_name", "_commit", "_src_path", " email", *hidden):
        said = refusal(f"{name}=x")
        assert said == f"Not taken: {name}: is no question; there are {QUESTIONS}"


@pytest.mark.parametrize(("answers", "line"), ENDS.items(), ids=str)
def test_copier_ends_with_one_line(
    answers: tuple[str, ...], line: str, copy: Copy, destination: Path
) -> None:
    """A process of its own: no traceback, only what Copier puts around the line."""
    result = copy(*answers)
    assert result.returncode == 1
    assert result.stderr == f"'dict object' has no attribute 'Not taken: {line}'\n"
    assert not destination.exists()
