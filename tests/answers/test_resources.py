"""An answer that names resources is refused by one line, or read as YAML reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.paths import ROOT
from tests.support.resources import DEFAULT, problem_of, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.answers.conftest import Copy

HERE = ROOT / "tests" / "answers"
LINES = (HERE / "resources_refused.txt").read_text(encoding="utf-8").splitlines()
# Each answer has below it, indented, what is said of it.
REFUSED = {answer: line.strip() for answer, line in zip(LINES[::2], LINES[1::2], strict=True)}
TAKEN = (HERE / "resources_taken.txt").read_text(encoding="utf-8").splitlines()
TYPES = sorted(path.stem for path in (ROOT / "includes" / "fields").glob("*.yml"))
WORDS = {"True": True, "False": False, "true": True, "false": False, "yes": True, "no": False}
MANY = ", ".join(f"field{number}: int" for number in range(41))
FEW = "{book: {title: str(200)}}"
WIDE = ", ".join(f"field{number}: str(1000)" for number in range(17))


@pytest.mark.quick
@pytest.mark.parametrize(("answer", "line"), REFUSED.items(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_by_one_line(answer: str, line: str) -> None:
    """It names the resource, the field, and what would be right."""
    assert problem_of(answer) == line


@pytest.mark.quick
@pytest.mark.parametrize("answer", [*TAKEN, DEFAULT])
def test_what_can_be_is_taken(answer: str) -> None:
    """Nothing is said of it."""
    assert problem_of(answer) == ""


@pytest.mark.parametrize("answer", [*TAKEN, DEFAULT])
def test_the_answer_is_read_as_yaml_reads_it(answer: str) -> None:
    """What is checked is what becomes of the answer: both readers find the same."""
    ours = json.loads(read(answer))
    theirs = yaml.safe_load(answer.replace("?", "\ue000"))
    assert {
        name: {key: WORDS.get(text, text) for key, text in fields.items()}
        for name, fields in ours.items()
    } == {
        name: {
            key: text.replace("\ue000", "?") if isinstance(text, str) else text
            for key, text in fields.items()
        }
        for name, fields in theirs.items()
    }


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "must name a resource and its fields, as {book: "),
        (" \n", "must name a resource and its fields, as {book: "),
        ("{book:\t{title: text}}", "must be one text without tabs, "),
        ("{book: {title: 'str(20)=\x07'}}", "must be one text without tabs, "),
        ("{book: {title: 'str(20)=\ue000'}}", "must be one text without tabs, "),
        ("{book: {title: 'str(20)=a\u200bb'}}", "must be one text without tabs, "),
        ("{book: {title: 'str(20)=a\udcffb'}}", "must be one text without tabs, "),
        (f"{{book: {{{MANY}}}}}", "book: has 41 fields, and at most 40 fit "),
        (
            f"{{{', '.join(f'thing{number}x: {{title: text}}' for number in range(41))}}}",
            "there are 41 resources, and at most 40 fit ",
        ),
        ("{book: {title: 'str(20)=" + "x" * 101_000, "must be one text without tabs, "),
        ("{book: {title:\n\n  {a: b}}}", "book.title: must be a type, "),
        ("{book: {title:\n  str(20) str(20)\n  }}", 'book.title: "str(20) str(20)" is not how '),
    ],
)
def test_what_no_line_of_the_list_can_hold_is_refused(answer: str, said: str) -> None:
    """What is empty, long, on many lines or not to be printed."""
    found = problem_of(answer)
    assert found.startswith(said), found
    assert len(found.splitlines()) == 1


def test_lines_make_no_difference() -> None:
    """An answer may be laid out over many lines."""
    assert (
        problem_of("{\n  book: {\n    title: str(200),\n    pages:\n      int?,\n  },\n}\n") == ""
    )


def test_a_row_of_mysql_has_room_for_some_texts() -> None:
    """On the other databases it may be longer."""
    answer = f"{{book: {{{WIDE}}}}}"
    said = problem_of(answer, database="mysql")
    assert said.startswith("book: its fields take up to 68034 bytes, and a row of MySQL at most ")
    assert problem_of(answer, database="postgresql") == ""


def test_every_type_is_offered_and_explained() -> None:
    """The refusal of a type that is none lists all there are, and so does the guide."""
    said = problem_of("{book: {title: intt}}").partition("use ")[2]
    guide = (ROOT / "docs" / "resources.md").read_text(encoding="utf-8")
    for kind in TYPES:
        usage = next(line for line in type_file(kind) if line.startswith("usage: "))
        assert usage.removeprefix("usage: ").strip("'") in said
        assert f"| `{kind}" in guide


def type_file(kind: str) -> list[str]:
    """Return the lines of a type's file."""
    return (ROOT / "includes/fields" / f"{kind}.yml").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("answer", ["{book: {title: intt}}", "{book: {title: text}", ""])
def test_copier_ends_with_the_line(answer: str, copy: Copy, destination: Path) -> None:
    """Above it Copier may print where it was; nothing is written."""
    result = copy(f"resources={answer}")
    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-1]
    assert last == (
        f"ValueError: Validation error for question 'resources': {problem_of(answer)}"
    ), result.stderr
    assert not destination.exists()


@pytest.mark.parametrize("resources", [{"book": {"title": "str(200)", "owned": True}}, FEW])
def test_a_file_of_answers_may_hold_a_mapping(
    resources: object, copy: Copy, destination: Path, tmp_path: Path
) -> None:
    """It is written there as YAML is anywhere; as text it is taken too."""
    file = tmp_path / "answers.yml"
    file.write_text(yaml.safe_dump({"resources": resources}), encoding="utf-8")
    result = copy(file=file)
    assert result.returncode == 0, result.stderr
    assert (destination / "app" / "books" / "models.py").exists()
