"""An answer that names resources is refused by one line, or read as YAML reads it."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.command_line import copy
from tests.support.paths import ROOT
from tests.support.resources import DEFAULT, problem_of, read

if TYPE_CHECKING:
    from pathlib import Path

HERE = ROOT / "tests" / "answers"
LINES = (HERE / "resources_refused.txt").read_text(encoding="utf-8").splitlines()
# Each answer has below it, indented, what is said of it.
REFUSED = {answer: line.strip() for answer, line in zip(LINES[::2], LINES[1::2], strict=True)}
TAKEN = (HERE / "resources_taken.txt").read_text(encoding="utf-8").splitlines()
TYPES = sorted(path.stem for path in (ROOT / "includes" / "fields").glob("*.yml"))
USAGE = re.compile(r"(?m)^(?:default_)?usage: (.+)$")
WORDS = {"True": True, "False": False, "true": True, "false": False, "yes": True, "no": False}
MANY = ", ".join(f"field{number}: int" for number in range(41))
FEW = "{book: {title: str(200)}}"
SHAPE = "as {book: {title: str(200), pages: int?}}"
NO_TYPE = "book.title: must be a type, as title: str(200)"
AT_MOST = 10  # seconds of this process, on a slow machine; what backtracks takes hours
LAUGHS = "\n".join(f"  - &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]" for level in range(1, 12))
IN_A_FILE = {
    "resources:": f"must be a mapping in braces, {SHAPE}",
    "resources: 5": f"must be a mapping in braces, {SHAPE}",
    "resources: [book]": f"must be a mapping in braces, {SHAPE}",
    "resources: {book}": f"book: must be a mapping of its fields in braces, {SHAPE}",
    "resources: {book: [title]}": f"book: must be a mapping of its fields in braces, {SHAPE}",
    "resources: &r {book: *r}": NO_TYPE.replace("title", "book", 1),
    "resources: {book: {title: 5}}": NO_TYPE,
    "resources: {book: {title: 2026-01-01}}": NO_TYPE,
    "resources: {book: {title: {a: b}}}": NO_TYPE,
    "resources: {book: {title: !!binary aGk=}}": NO_TYPE,
    f"resources: {{book: {{title: {'9' * 4000}}}}}": NO_TYPE,
    "resources: {1: {title: text}}":
        "a resource has a name that is no text; put a short name in its place, as book",
    "resources: {book: {no: text}}":
        "book: a field has a name that is no text; put a short name in its place, as title",
    f"resources:\n  book:\n  - &l0 [lol]\n{LAUGHS}":
        f"book: must be a mapping of its fields in braces, {SHAPE}",
    f"resources:\n  book: {{title: &l0 [lol]}}\n  page:\n{LAUGHS}":
        NO_TYPE,
    f"resources: {{book: {{a: &a {'x' * 3000}, b: *a}}}}": NO_TYPE.replace("title", "a", 1),
}  # fmt: skip
ENDLESS = {
    "braces": ("{" * 99_000, '"" is no name of a resource '),
    "resources in resources": ("{book: " * 14_000, "book.book: must be a type, "),
    "closed braces": ("}" * 99_000, "must be a mapping in braces, "),
    "commas": ("{book: {" + "," * 99_000, "book: a comma is one too many"),
    "colons": ("{book: {" + ":" * 99_000 + "}}", "book.:::"),
    "parentheses": ("{book: {title: " + "(" * 99_000 + "}}", "book.title: a comma needs quotes"),
    "marks": ("{book: {title: int" + "?" * 90_000 + "}}", "book.title: "),
    "choices": ("{book: {title: choice(" + "a |" * 30_000 + ")}}", "book.title: "),
    "words": ("{book: {title: 'str(20)=" + "a " * 45_000 + "'}}", "book.title: "),
    "a name of a resource": ("{" + "x" * 90_000 + ": {title: text}}", '"xxx'),
    "a name of a field": ("{book: {" + "a_" * 45_000 + ": text}}", 'book: "a_a_'),
    "fields": ("{book: {" + ", ".join(f"a{n}: int" for n in range(8000)) + "}}", "book: has 8000 "),
    "one field": ("{book: {" + "a: int, " * 12_000 + "}}", "book.a: there are two of this name"),
    "resources": (
        "{" + ", ".join(f"a{n}b: {{c: int}}" for n in range(5000)) + "}",
        "there are 5000 ",
    ),
    "a number": ("{book: {title: str(" + "9" * 90_000 + ")}}", "book.title: "),
    "a tag": ("!!python/object/apply:os.system [id]", "must be a mapping in braces, "),
    "an alias": ("{book: &a {title: *a}}", '"book: &a" is no name of a resource '),
}
WIDE = ", ".join(f"field{number}: str(1000)" for number in range(17))


@pytest.mark.quick
@pytest.mark.parametrize(("answer", "line"), REFUSED.items(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_by_one_line(answer: str, line: str) -> None:
    """It names the resource, the field, and what would be right."""
    assert problem_of(answer) == line


@pytest.mark.quick
@pytest.mark.parametrize("kind", TYPES)
def test_what_is_proposed_is_taken(kind: str) -> None:
    """The usage of a type, which a refusal shows, can be typed as it stands there."""
    words = (ROOT / "includes" / "fields" / f"{kind}.yml").read_text(encoding="utf-8")
    lines = [line.strip("'").partition(", of ")[0] for line in USAGE.findall(words)]

    assert lines
    for usage in " or ".join(lines).split(" or "):
        answer = f"{{book: {{name: text}}, review: {{name: text, field: {usage}}}}}"
        assert problem_of(answer) == "", answer


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
def test_copier_ends_with_the_line(answer: str, places: Path, destination: Path) -> None:
    """Nothing is written."""
    done = copy(places, destination, f"--data=resources={answer}")
    assert done.refusal == f"Not taken: resources: {problem_of(answer)}"
    assert not destination.exists()


@pytest.mark.parametrize("resources", [{"book": {"title": "str(200)", "owned": True}}, FEW])
def test_a_file_of_answers_may_hold_a_mapping(
    resources: object, snapshot: Path, destination: Path, tmp_path: Path
) -> None:
    """It is written there as YAML is anywhere; as text it is taken too."""
    file = tmp_path / "answers.yml"
    file.write_text(yaml.safe_dump({"resources": resources}), encoding="utf-8")
    done = copy(snapshot, destination, f"--data-file={file}")
    assert (done.status, done.lines) == (0, [])
    assert (destination / "app" / "books" / "models.py").exists()


@pytest.mark.parametrize(("text", "said"), IN_A_FILE.items())
def test_what_a_file_of_answers_cannot_hold_is_refused(
    text: str, said: str, places: Path, destination: Path, tmp_path: Path
) -> None:
    """Neither what YAML reads as something else than text, nor what its aliases make endless."""
    file = tmp_path / "answers.yml"
    file.write_text(text, encoding="utf-8")
    started = time.process_time()
    done = copy(places, destination, f"--data-file={file}")
    assert time.process_time() - started < AT_MOST
    assert done.refusal == f"Not taken: resources: {said}"
    assert not destination.exists()


@pytest.mark.parametrize(("answer", "said"), ENDLESS.values(), ids=ENDLESS.keys())
def test_what_is_endless_is_refused_at_once(answer: str, said: str) -> None:
    """In a short line, however long the answer is."""
    started = time.process_time()
    found = problem_of(answer)
    assert time.process_time() - started < AT_MOST
    assert found.startswith(said)
    assert len(found) < 600
    assert len(found.splitlines()) == 1
