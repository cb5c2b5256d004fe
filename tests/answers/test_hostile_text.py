"""Text that is legal and nasty comes out of every file exactly as it was typed."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from copier.errors import UserMessageError
from hypothesis import example, given, seed, settings

from tests.answers.conftest import TEXTS
from tests.support.checks import PARSERS, assert_none, complaints_of_file
from tests.support.command_line import copy
from tests.support.drawn import ONCE, SEED
from tests.support.paths import ROOT, TEMPLATE
from tests.support.places import PLACES, wrong
from tests.support.rendering import render
from tests.support.texts import ADDRESSES, TAKEN, addresses, must_be_refused, texts
from tests.support.tools import clean_environ, lint_complaints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from _pytest.mark import ParameterSet

    Show = Callable[[Sequence[str], Sequence[str]], list[str]]

SHOWING = ROOT / "tests" / "answers" / "showing.py"
# Of each: what all that is rendered from texts depends on besides.
KINDS = (
    {"license": "MIT", "database": "sqlite"},
    {"license": "BSD-3-Clause", "database": "postgresql"},
    {"license": "none", "database": "mysql"},
    {"license": "Apache-2.0", "database": "sqlite", "interface": "api"},
)
WAYS = ("in a file", "on the command line")
# How an app calls what was typed.
NAMES = re.compile(r"\b(?:APP_NAME|APP_DESCRIPTION|API_TITLE|JWT_ISSUER|JWT_AUDIENCE|app_name)\b")
# Where an app shows what was typed, which showing.py reads again; and where no person reads it.
SHOWN = {
    "app/mail.py",
    "app/templates/_brand.html",
    "app/templates/api/_brand.html",
    "app/templates/home.html.jinja",
    "app/templates/layout.html",
    *(path.relative_to(TEMPLATE).as_posix() for path in TEMPLATE.glob("app/templates/mail/*")),
}
NOT_SHOWN = {"app/config.py.jinja", "app/limits.py", "app/accounts/tokens.py"}


def answers_of(text: str, number: int, email: str = "") -> dict[str, Any]:
    """Give one text as every free answer."""
    return {**dict.fromkeys(TEXTS, text), "email": email, **KINDS[number % len(KINDS)]}


@pytest.fixture(scope="module")
def projects(places: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, dict[str, Any]]:
    """Map projects to what was typed: each nasty text as every answer, each address with one."""
    folder = tmp_path_factory.mktemp("hostile")
    emails = [*ADDRESSES.values()]
    made = {}
    for number, text in enumerate(TAKEN.values()):
        answers = answers_of(text, number, emails[number % len(emails)])
        made[give(places, folder / str(number), answers, WAYS[(SEED + number) % 2])] = answers
    return made


def give(template: Path, project: Path, answers: dict[str, Any], way: str) -> Path:
    """Make a project of answers that are given on the command line or in a file."""
    options = [f"--data={name}={answer}" for name, answer in answers.items()]
    if way == "in a file":
        file = project.with_suffix(".yml")
        file.write_text(yaml.safe_dump(answers), encoding="utf-8")
        options = [f"--data-file={file}"]
    done = copy(template, project, *options)
    assert (done.status, done.lines) == (0, []), answers
    return project


@pytest.fixture(scope="module")
def show(snapshot: Path, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Show:
    """Return the function that serves apps of some names, and lists what they show wrongly."""
    folder = render(snapshot, tmp_path_factory.mktemp("shown") / "project", {})

    def run(everywhere: Sequence[str], of_the_document: Sequence[str]) -> list[str]:
        done = subprocess.run(
            [python, "-W", "error", SHOWING, TEMPLATE / "app/templates/api/_brand.html"],
            cwd=folder,
            env=clean_environ(),
            input=json.dumps({"everywhere": everywhere, "of the document": of_the_document}),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: list[str] = json.loads(done.stdout)
        return found

    return run


def test_files_hold_what_was_typed(projects: dict[Path, dict[str, Any]]) -> None:
    """Every file, parsed back."""
    for project, answers in projects.items():
        assert_none(wrong(project, answers))


def test_apps_show_what_was_typed(show: Show) -> None:
    """Every page and letter, and the document of the API; half of the texts each time."""
    names = [*TAKEN.values()][SEED % 2 :: 2]
    assert show(names, names[::8]) == []


@pytest.mark.exhaustive
def test_apps_show_all_that_was_typed(show: Show) -> None:
    """Each text everywhere."""
    assert show([*TAKEN.values()], [*TAKEN.values()]) == []


def test_everything_still_parses(projects: dict[Path, dict[str, Any]], python: Path) -> None:
    """No file breaks, and the Python is as the formatter writes it."""
    assert_none(
        f"{answers['project_name']!r}: {path.name}: {complaint}"
        for project, answers in projects.items()
        for path in project.rglob("*")
        if path.suffix in PARSERS
        for complaint in complaints_of_file(path)
        if "tag left" not in complaint
    )
    assert_none(lint_complaints(python, next(iter(projects)).parent))


@pytest.mark.parametrize(
    ("character", "lengths"),
    [
        ("x", range(70, 95)),
        ("日", range(36, 50)),
        ("e\u0301", range(40, 95, 3)),
        ('"', range(70, 95)),
    ],
    ids=["one column", "two columns", "none", "a quotation mark"],
)
def test_a_line_of_any_length_is_formatted(
    character: str, lengths: range, places: Path, tmp_path: Path, python: Path
) -> None:
    """Where a line ends decides, so the lengths are those around the end of one."""
    for length in lengths:
        answers = answers_of((character * length)[:length], length) | {"interface": "both"}
        assert_none(wrong(render(places, tmp_path / str(length), answers), answers))
    assert_none(lint_complaints(python, tmp_path))


@pytest.mark.exhaustive
@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same(way: str, places: Path, tmp_path: Path) -> None:
    """The usual run goes one way for each text."""
    for number, text in enumerate(TAKEN.values()):
        answers = answers_of(text, number)
        project = give(places, tmp_path / str(number), answers, way)
        assert_none(wrong(project, answers))


def some(usual: int, all_of_them: int) -> list[ParameterSet]:
    """Say how many examples this run draws, and how many the exhaustive one."""
    rarely = pytest.param(all_of_them, marks=pytest.mark.exhaustive)
    return [pytest.param(usual), rarely]


@pytest.mark.parametrize("count", some(200, 1200))
def test_any_text_is_refused_or_exact(
    count: int, places: Path, tmp_path: Path, python: Path, show: Show
) -> None:
    """Hypothesis looks for one that is neither; what it found to be taken is served then."""
    taken: list[str] = []

    @seed(f"{SEED} texts")
    @settings(ONCE, max_examples=count)
    @given(texts())
    def check(text: str) -> None:
        answers = answers_of(text, len(taken))
        try:
            project = render(places, tmp_path / str(len(taken)), answers)
        except UserMessageError as error:
            right = re.search("Not taken: project_name: must [^\n]+$", str(error)) is not None
            written = (tmp_path / str(len(taken))).exists()
        else:
            right, written = not must_be_refused(text), False
            taken.append(text)
            assert_none(wrong(project, answers))
        assert right
        assert not written

    check()
    assert count / 3 < len(taken) < count
    assert_none(lint_complaints(python, tmp_path))
    assert show(taken[:: max(1, len(taken) // 60)], taken[:3]) == []


@pytest.mark.parametrize("count", some(100, 600))
def test_any_address_is_refused_or_exact(count: int, places: Path, tmp_path: Path) -> None:
    """As with text; there is less to be exact about."""
    taken: list[str] = []

    @seed(f"{SEED} addresses")
    @settings(ONCE, max_examples=count)
    @given(addresses())
    @example("")
    def check(email: str) -> None:
        answers = answers_of("app", len(taken), email)
        try:
            project = render(places, tmp_path / str(len(taken)), answers)
        except UserMessageError as error:
            right = "Not taken: email: must be an address such as ann@example.com" in str(error)
        else:
            right = email == "" or re.fullmatch(r"[!-~]+@[!-~]+", email) is not None
            taken.append(email)
            assert_none(wrong(project, answers))
        assert right

    check()
    assert count / 10 < len(taken) < count


def test_no_place_is_forgotten(snapshot: Path, tmp_path: Path) -> None:
    """A file that begins to hold what was typed has to be read back here too."""
    typed = {name: f"Zq{name.replace('_', '')}" for name in TEXTS} | {"email": "zqe@example.com"}
    found = set()
    for number, kind in enumerate(KINDS):
        project = render(snapshot, tmp_path / str(number), {**typed, **kind})
        for path in project.rglob("*"):
            if (
                path.is_file()
                and "zq" in path.read_text(encoding="utf-8", errors="replace").lower()
            ):
                found.add(path.relative_to(project).as_posix())
    assert found == {*PLACES}


def test_no_page_or_letter_is_forgotten() -> None:
    """A file of an app that begins to show its name has to be read back by showing.py."""
    found = {
        path.relative_to(TEMPLATE).as_posix()
        for path in TEMPLATE.glob("app/**/*")
        if path.is_file() and NAMES.search(path.read_text(encoding="utf-8", errors="replace"))
    }
    assert found <= SHOWN | NOT_SHOWN
    assert found > NOT_SHOWN
