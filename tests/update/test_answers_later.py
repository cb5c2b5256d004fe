"""An answer changed later brings a feature whole or takes it whole, there and back."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import commit, sh
from tests.isolation.projects import rare, sampled
from tests.support.combinations import Combination
from tests.support.rendering import render
from tests.update.later import changes, content, make, name_of, update

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hooks.machine import Machine
    from tests.update.later import Pair

DRAWN = sampled("answers later").sample(changes(), 2)
CASES = [pair if pair in DRAWN else rare(pair) for pair in changes()]
EVERYTHING = Combination((("interface", "both"), ("auth", "both"), ("database", "sqlite")))
LEAST = Combination((("interface", "api"), ("auth", "none"), ("database", "postgresql")))
# What an owner adds to files that all answers have, each after a text of theirs or at the end.
ADDED = {
    ".gitignore": ("instance/\n", "scratch/\n"),
    ".github/workflows/ci.yml": ("jobs:\n", "  notes:\n    runs-on: ubuntu-latest\n"),
    "README.md": (
        "`git add .` and `git diff --staged` show what came.\n",
        "\nSee notes.txt too.\n",
    ),
    "app/__init__.py": ("    posts,\n)\n", "NOTES = ()\n"),
    "app/config.py": ("    MAX_CONTENT_LENGTH = 1024 * 1024\n", "    NOTES = 20\n"),
    "app/posts/models.py": ("mapped_column(Text)\n", "    mood: Mapped[str | None]\n"),
    "app/posts/service.py": ("", "\n\ndef mine() -> None:\n    pass\n"),
    "app/static/style.css": ("", "\n.mine { color: inherit; }\n"),
    "pyproject.toml": ('    "python-dotenv>=1.2",\n', '    "python-slugify>=8",\n'),
    "tests/conftest.py": (
        "    return new_client(app)\n",
        "\n\n@pytest.fixture\ndef mine() -> None:\n    pass\n",
    ),
    "tests/factories.py": ('M = TypeVar("M")\n', "MINE = ()\n"),
    "tests/integration/posts/test_api.py": ("", "\n\ndef test_mine() -> None:\n    assert 1\n"),
}


def work(project: Path) -> None:
    """Do what an owner does: new files, and additions to those that there are."""
    for name, (anchor, text) in ADDED.items():
        there = (project / name).read_text(encoding="utf-8")
        before, found, after = there.rpartition(anchor) if anchor else (there, "", "")
        assert before
        (project / name).write_text(before + found + text + after, encoding="utf-8")
    (project / "app/notes").mkdir()
    (project / "app/notes/__init__.py").write_text('"""Notes."""\n', encoding="utf-8")
    commit(project, "as its owner wants it")


# What one command does: the answers before it, the new one, and the migration that it makes.
COMMANDS = {
    "accounts go": ({"interface": "pages"}, "auth=none", "0003_change_posts_remove_codes"),
    "accounts come": (
        {"interface": "pages", "auth": "none"},
        "auth=session",
        "0003_add_users_codes_and_logins",
    ),
    "another database": ({"interface": "api", "auth": "none"}, "database=postgresql", ""),
}


@pytest.fixture(scope="session")
def template(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the present template as a repository with one version."""
    template = tmp_path_factory.mktemp("later") / "template"
    shutil.copytree(snapshot, template)
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "this version", tag="v0.1.0")
    return template


@pytest.mark.parametrize("pair", CASES, ids=name_of)
def test_a_project_of_other_answers_is_as_if_made_with_them(
    pair: Pair, template: Path, snapshot: Path, tmp_path: Path
) -> None:
    """No file, line or folder is left of the old answer, and none is missing of the new one."""
    project = tmp_path / "project"
    make(template, project, pair[0])

    for number, answers in enumerate(reversed(pair)):
        assert update(project, answers) == []
        fresh = render(snapshot, tmp_path / f"fresh {number}", answers.data)
        assert content(project) == content(fresh)


def test_an_owners_work_is_there_after_a_change_and_after_the_change_back(
    template: Path, tmp_path: Path
) -> None:
    """What was added to files that stay stays; nothing conflicts."""
    project = tmp_path / "project"
    make(template, project, EVERYTHING)
    work(project)
    before = content(project)

    assert update(project, LEAST) == []
    there = content(project)

    assert {name for name, (_, text) in ADDED.items() if text not in there[name]} == set()
    assert "app/notes/__init__.py" in there
    assert "app/accounts" not in there
    assert update(project, EVERYTHING) == []
    assert content(project) == before


def test_an_owners_edits_of_what_goes_are_conflicts(template: Path, tmp_path: Path) -> None:
    """Git shows each, and those of lines next to what goes. What nobody has edited has gone."""
    project = tmp_path / "project"
    make(template, project, EVERYTHING)
    edited = {}
    for name in ("app/accounts/service.py", "tests/conftest.py"):
        edited[name] = (project / name).read_text(encoding="utf-8") + "\n\nMINE = ()\n"
        (project / name).write_text(edited[name], encoding="utf-8")
    (project / "app/accounts/mine.py").write_text('"""Mine."""\n', encoding="utf-8")
    commit(project, "as its owner wants it")

    assert update(project, LEAST) == [*edited]

    assert {path.name for path in (project / "app/accounts").iterdir()} == {"mine.py", "service.py"}
    there = content(project)
    assert there["app/accounts/service.py"] == edited["app/accounts/service.py"]
    assert "\n\nMINE = ()\n" in there["tests/conftest.py"]


@pytest.mark.parametrize("way", ["accounts go", *map(rare, [*COMMANDS][1:])])
def test_one_command_changes_an_answer_and_runs_the_suite(machine: Machine, way: str) -> None:
    """The migration is made where models change; the environment has what the new answer needs."""
    before, answer, migration = COMMANDS[way]
    project = machine.home / "my-app"
    machine.copy(project, "--skip-tasks", **before)
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")

    done = machine.update(project, "--vcs-ref", ":current:", "--data", answer)

    assert done.returncode == 0, done.stdout
    assert re.search(r"Updated and validated in .*: \d+ tests passed, coverage 100 %", done.stdout)
    if migration:
        assert f"flask --app app db upgrade   apply {migration} to your database" in done.stdout
    made = sh("git", "ls-files", "--others", "migrations", cwd=project).split()
    assert made == ([f"migrations/versions/{migration}.py"] if migration else [])
