"""The project's own command, `python resources.py`, with real Copier processes."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.hooks.machine import Machine, commit, sh
from tests.hooks.running import Running, dirty, wait_for

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

BOOKS = json.dumps(
    {
        "book": {"title": "str(200)", "pages": "int?", "genre": "choice(novel|essay)"},
        "review": {"book": "ref(book)", "text": "text", "owned": True},
    }
)
RULE = "\n.mine { color: inherit; }\n"
PRINTER = """#!{python}
import sys
print(next(word for word in sys.argv if word.startswith("--data=")).partition("=resources=")[2])
"""


@pytest.fixture
def project(machine: Machine) -> Path:
    """Make and commit a project of books and reviews."""
    path = machine.home / "my-app"
    # Nobody logs in: the suite of accounts says nothing of resources, and takes its time.
    done = machine.copy(path, "--skip-tasks", resources=BOOKS, auth="none")
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=path)
    commit(path, "as it was made")
    return path


def resources(machine: Machine, project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the project's command."""
    return machine.run([sys.executable, "resources.py", *words], cwd=project)


def test_a_file_without_a_last_line_feed_loses_nothing(machine: Machine, project: Path) -> None:
    """Some editors leave it out, and an update without a resource removes it."""
    answers = project / ".copier-answers.yml"
    answers.write_text(answers.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")

    shown = resources(machine, project, "list").stdout.splitlines()

    assert [line for line in shown if not line.startswith(" ")] == ["book", "review"]


def test_a_resource_is_added_changed_and_removed(machine: Machine, project: Path) -> None:
    """Each is an update: edits stay, a migration is made, the suite is green."""
    style = project / "app/static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    commit(project, "as its owner wants it")

    for words, migration in [
        (["add", "author", "name:str:100", "born:date?"], "0004_add_authors"),
        (["change", "book", "author:ref:author?", "--drop", "pages"], "0005_change_books"),
        (["remove", "review"], "0006_remove_reviews"),
    ]:
        done = resources(machine, project, *words)

        assert done.returncode == 0, done.stdout
        assert re.search(
            r"Updated and validated in .*: \d+ tests passed, coverage 100 %", done.stdout
        )
        assert f"flask --app app db upgrade   apply {migration} to your database" in done.stdout
        assert (project / f"migrations/versions/{migration}.py").exists()
        assert style.read_text(encoding="utf-8").endswith(RULE)
        commit(project, words[0])

    assert not (project / "app/reviews").exists()
    assert resources(machine, project, "list").stdout.splitlines() == [
        "book",
        "  title:str(200)",
        "  genre:choice(novel|essay)",
        "  author:ref(author)?",
        "author",
        "  name:str(100)",
        "  born:date?",
    ]


def test_an_edited_resource_is_not_removed_unsaid(machine: Machine, project: Path) -> None:
    """The owner's edit is a conflict; `check` makes the migration once it is solved."""
    model = project / "app/reviews/models.py"
    model.write_text(model.read_text(encoding="utf-8") + "\n# Mine.\n", encoding="utf-8")
    commit(project, "as its owner wants it")

    done = resources(machine, project, "remove", "review")

    assert done.returncode == 1
    assert "app/reviews/models.py   (the update removes it)" in done.stdout
    assert "python resources.py check" in done.stdout
    assert model.read_text(encoding="utf-8").endswith("# Mine.\n")

    sh("git", "rm", "--quiet", "app/reviews/models.py", cwd=project)
    commit(project, "solved")
    done = resources(machine, project, "check")

    assert done.returncode == 0, done.stdout
    assert (project / "migrations/versions/0004_remove_reviews.py").exists()


def test_ctrl_c_while_it_writes(machine: Machine, project: Path) -> None:
    """The edits are in git alone then: it is said how to get them back, and they come back."""
    style = project / "app/static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    commit(project, "as its owner wants it")
    running = Running(
        machine, [sys.executable, "resources.py", "add", "author", "name:str:100"], project
    )
    # Not just until git sees a change: Copier writes files anew that stay the same.
    wait_for(lambda: RULE not in (style.read_text(encoding="utf-8") or RULE))
    running.interrupt()

    running.assert_told("Ctrl-C of `python resources.py` while it writes")
    sh("sh", "-c", "git reset --hard && git clean -fd", cwd=project)
    assert style.read_text(encoding="utf-8").endswith(RULE)
    assert not dirty(project)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["add", "author", "name:string"], r"author\.name: .*"),
        (["change", "book", "year:int"], r"book\.year: rows may exist that have none; .*"),
        (["remove", "book"], r"review\.book: .*"),
        (["remove", "poem"], "there is no poem; there are book, review"),
        (["add", "book", "title:text"], "book is there already: use `change book`"),
        (["change", "book", "--drop", "year"], "book has no year; it has title, pages, genre"),
        (["change", "book", "year"], r"year: say its type too, as year:str\(200\)"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    machine: Machine, project: Path, words: list[str], problem: str
) -> None:
    """Nothing is written, whoever refuses it: the command or the template."""
    done = resources(machine, project, *words)

    assert done.returncode == 1
    assert re.fullmatch(rf"resources\.py: {problem}\n", done.stdout)
    assert sh("git", "status", "--porcelain", cwd=project) == ""


def test_uncommitted_work_is_not_touched(machine: Machine, project: Path) -> None:
    """An update that cannot be taken back is none."""
    (project / "notes.txt").write_text("mine\n", encoding="utf-8")

    done = resources(machine, project, "add", "author", "name:str:100")

    assert done.returncode == 1
    assert done.stdout == (
        "resources.py: commit your changes first, so that the update can be taken back\n"
    )


def test_a_project_that_was_never_committed_is_told_so(machine: Machine, project: Path) -> None:
    """Git has nothing to go back to."""
    sh("git", "update-ref", "-d", "HEAD", cwd=project)

    done = resources(machine, project, "add", "author", "name:str:100")

    assert (done.returncode, done.stdout) == (
        1,
        "resources.py: commit the project first: git add . && git commit\n",
    )


def test_without_copier_it_says_what_to_install(machine: Machine, project: Path) -> None:
    """There are three ways to have it."""
    machine.without("copier", "uv", "uvx", "pipx")

    done = resources(machine, project, "add", "author", "name:str:100")

    assert done.returncode == 1
    assert done.stdout == (
        "resources.py: Copier is needed: install uv, or pipx, or Copier by `pip install copier`\n"
    )


@pytest.mark.parametrize(
    ("words", "spec"),
    [
        ("name:str(100)!", {"name": "str(100)!"}),
        ("name:str:100!", {"name": "str(100)!"}),
        ("stars:int:1..5", {"stars": "int(1..5)"}),
        ("stars:int:-5..5?=-1", {"stars": "int(-5..5)?=-1"}),
        ("price:decimal:10,2=9.90", {"price": "decimal(10,2)=9.90"}),
        ("genre:choice:novel,essay", {"genre": "choice(novel|essay)"}),
        ("genre:choice:novel|essay=novel", {"genre": "choice(novel|essay)=novel"}),
        ("genre:choice(novel,essay)?", {"genre": "choice(novel|essay)?"}),
        ("author:ref:author?", {"author": "ref(author)?"}),
        ("site:url=https://example.com/?a=1", {"site": "url=https://example.com/?a=1"}),
        ("text:text owned", {"text": "text", "owned": True}),
        (
            "text:text owned:author plural:people",
            {"text": "text", "owned": "author", "plural": "people"},
        ),
    ],
)
def test_colons_spare_the_quotes_that_parentheses_need(
    machine: Machine, project: Path, words: str, spec: dict[str, Any]
) -> None:
    """What reaches Copier is the same answer, in the order in which it was given."""
    printer = machine.home / "bin/copier"
    printer.parent.mkdir()
    printer.write_text(PRINTER.format(python=sys.executable), encoding="utf-8")
    printer.chmod(0o755)
    machine.environment["PATH"] = f"{printer.parent}:{machine.environment['PATH']}"

    done = resources(machine, project, "add", "thing", *words.split())

    answer = json.loads(done.stdout)
    assert answer == {**json.loads(BOOKS), "thing": spec}
    assert list(answer["thing"]) == list(spec)


def test_a_project_older_than_the_question_has_posts(machine: Machine, project: Path) -> None:
    """The default answer counts where the answers name no resources."""
    answers = project / ".copier-answers.yml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(re.sub(r"resources:\n(  .*\n)*", "", text), encoding="utf-8")

    done = resources(machine, project, "list")

    assert done.stdout == "post\n  title:str(200)\n  content:text\n  owned:author\n"


def test_stored_resources_that_are_not_taken_any_more_stop_an_update(
    machine: Machine, project: Path
) -> None:
    """Copier would take the default instead of them, and every slice would go."""
    answers = project / ".copier-answers.yml"
    text = answers.read_text(encoding="utf-8")
    answers.write_text(text.replace('"pages": "int?"', '"pages": "number?"'), encoding="utf-8")
    commit(project, "an answer that is none")

    done = machine.run(
        ["copier", "update", "--trust", "--defaults", "--vcs-ref", ":current:"], cwd=project
    )

    assert done.returncode == 1
    assert 'book.pages: "number?" is no type' in done.stdout
    assert not sh("git", "status", "--porcelain", cwd=project)
