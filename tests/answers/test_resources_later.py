"""What an update cannot do to resources that have rows is refused before anything is touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh
from tests.support.resources import DEFAULT, problem_of_update

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = (
    "{book: {title: str(200), pages: int, price: 'decimal(8,2)', maker: ref(person), about: text, "
    "on_day: date?, genre: choice(novel|essay), owned: keeper}, person: {email: email!}}"
)
REFUSED = {
    ("on_day: date?", "on_day: date?, seen: date"): (
        'book.seen: rows may exist that have none; let it be empty, as "date?", '
        "or give it a default, as date=2026-01-31"
    ),
    ("on_day: date?", "on_day: date?, seen: datetime"): (
        'book.seen: rows may exist that have none; let it be empty, as "datetime?"'
    ),
    ("on_day: date?", "on_day: date?, isbn: str(13)!"): (
        'book.isbn: rows may exist that have none; let it be empty, as "str(13)!?"'
    ),
    ("on_day: date?", "on_day: date?, sold: bool"): (
        "book.sold: rows may exist that have none; give it a default, as bool=true or bool=false"
    ),
    ("on_day: date?", "on_day: date?, seller: ref(person)"): (
        'book.seller: rows may exist that have none; let it be empty, as "ref(person)?"'
    ),
    ("pages: int", "pages: date"): (
        "book.pages: what rows hold as int cannot become date; "
        'keep it as it was, "int", and add another field beside it'
    ),
    ("about: text", "about: bool=false"): (
        "book.about: what rows hold as text cannot become bool; "
        'keep it as it was, "text", and add another field beside it'
    ),
    ("8,2", "8,3"): (
        "book.price: rows have 2 digits after the point; keep as many, as decimal(8,2)"
    ),
    ("ref(person)", "ref(place)"): (
        "book.maker: rows may refer to one of person; "
        'keep it as it was, "ref(person)", and add another field beside it'
    ),
    ("person: {", "person: {plural: persons, "): (
        "person: its table is named people; keep that, as plural: people"
    ),
    ("owned: keeper", "owned: true"): (
        "book.owned: its owner is named keeper; keep that, as owned: keeper"
    ),
    ("person: {", "person: {owned: true, "): (
        "person.owned: rows may exist that belong to nobody; leave it out, or own another resource"
    ),
}
TAKEN = {
    "a field that may be empty": ("on_day: date?", "on_day: date?, seen: date?"),
    "a field with a default": ("on_day: date?", "on_day: date?, seen: int=3"),
    "a field less": ("on_day: date?, ", ""),
    "a longer text": ("str(200)", "str(300)"),
    "a shorter text": ("str(200)", "str(100)"),
    "text of lines": ("str(200)", "text"),
    "text of a line": ("about: text", "about: str(900)"),
    "an address as text": ("email: email!", "email: str(300)"),
    "a choice as text": ("choice(novel|essay)", "str(40)"),
    "another choice": ("novel|essay", "novel|essay|poem"),
    "a float": ("pages: int", "pages: float"),
    "a range": ("pages: int", "pages: int(1..999)"),
    "more digits": ("8,2", "9,2"),
    "unique": ("str(200)", "str(200)!"),
    "no longer required": ("pages: int", "pages: int?"),
    "required": ("date?", "date"),
    "no owner": (", owned: keeper", ""),
    "the plural that it had": ("person: {", "person: {plural: people, "),
    "a resource more": ("person: {", "shop: {name: str(20), maker: ref(person)}, person: {"),
}


@pytest.mark.parametrize(("change", "line"), REFUSED.items(), ids=str)
def test_a_change_is_refused(change: tuple[str, str], line: str) -> None:
    """Its owner decides, and is told between what."""
    place = ", place: {name: str(20)}, person: {" if "place" in change[1] else ", person: {"
    after = BEFORE.replace(*change).replace(", person: {", place)
    assert problem_of_update(BEFORE, after) == line


@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN.keys())
def test_a_change_is_taken(change: tuple[str, str]) -> None:
    """The migration moves the rows along, or stops before it touches one that does not fit."""
    assert change[0] in BEFORE
    assert problem_of_update(BEFORE, BEFORE.replace(*change)) == ""


def test_a_project_older_than_the_question_has_posts() -> None:
    """What it never answered is what it was made with."""
    last = {"last": {"auth": "both"}}
    after = DEFAULT.replace("content: text", "content: text, mood: str(20)")
    assert problem_of_update("", DEFAULT, _external_data=last) == ""
    assert problem_of_update("", after, _external_data=last).startswith("post.mood: rows may ")


def test_owners_are_of_accounts_alone() -> None:
    """Without accounts no row belongs to anybody."""
    after = BEFORE.replace("owned: keeper", "owned: true")
    assert problem_of_update(BEFORE, after, auth="none") == ""


def test_copier_s_own_folders_have_no_rows() -> None:
    """Copier renders the new answers once more where no project is."""
    folder = {"dst_path": "copier._main.new_copy.a1b2c3", "overwrite": True}
    after = BEFORE.replace("pages: int", "pages: date")
    assert problem_of_update(BEFORE, after, _copier_conf=folder) == ""


@pytest.fixture
def machine(tmp_path: Path, snapshot: Path) -> Machine:
    """Return a machine with the present template."""
    template = tmp_path / "template"
    shutil.copytree(snapshot, template)
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "this version", tag="v0.1.0")
    return Machine(tmp_path / "work", template)


def made(machine: Machine, **answers: str) -> Path:
    """Make and commit a project."""
    project = machine.home / "my-app"
    machine.copy(project, "--skip-tasks", **answers)
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")
    return project


def test_rows_that_mysql_cannot_hold_refuse_it(machine: Machine) -> None:
    """Copier would put posts in the place of all resources, as if that had been answered."""
    fields = ", ".join(f"a{number}: str(1000)" for number in range(20))
    project = made(machine, auth="none", interface="api", resources=f"{{paper: {{{fields}}}}}")
    to_mysql = ("--skip-tasks", "--vcs-ref", ":current:", "-d", "database=mysql")

    refused = machine.update(project, *to_mysql)

    assert refused.returncode == 1
    assert refused.stdout.strip().splitlines()[-1] == (
        "ValueError: Invalid choice for 'database': paper: its fields take up to 80040 bytes, "
        "and a row of MySQL at most 65000; shorten some, or make them text"
    )
    assert sh("git", "status", "--porcelain", cwd=project) == ""

    taken = machine.update(project, *to_mysql, "-d", "resources={paper: {a0: str(1000)}}")

    assert taken.returncode == 0, taken.stdout
    assert 'DRIVER = "mysql' in (project / "app/db.py").read_text(encoding="utf-8")


def test_an_update_that_is_refused_touches_nothing(machine: Machine) -> None:
    """Its last line is what must be decided; with another answer it goes on from there."""
    project = made(machine)
    refusable, takeable = (
        f"resources={DEFAULT.replace('content: text', f'content: text, mood: {kind}')}"
        for kind in ("date", "date?")
    )

    refused = machine.update(project, "--skip-tasks", "-d", refusable)

    assert refused.returncode == 1
    assert "Traceback" not in refused.stdout
    last = refused.stdout.strip().splitlines()[-1]
    assert last.endswith(
        "Not taken: resources: post.mood: rows may exist that have none; let it be empty, "
        'as "date?", or give it a default, as date=2026-01-31\''
    )
    assert sh("git", "status", "--porcelain", cwd=project) == ""

    taken = machine.update(project, "--skip-tasks", "-d", takeable)

    assert taken.returncode == 0, taken.stdout
    models = (project / "app/posts/models.py").read_text(encoding="utf-8")
    assert "mood: Mapped[date | None]" in models
