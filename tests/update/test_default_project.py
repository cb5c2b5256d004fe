"""The real template, its default project, and the way from one version of it to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.hooks.machine import commit, sh

if TYPE_CHECKING:
    from tests.hooks.machine import Machine

FIX = "# A fix of the template.\n"
RULE = "\n.mine { color: inherit; }\n"
TEST = '''"""What the owner of this project wants to be so."""


def test_mine() -> None:
    """One more test, of the owner."""
    assert "mine"
'''
MODEL = """

from sqlalchemy.orm import Mapped, mapped_column


class Note(db.Model):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
"""


def test_a_copy_is_validated_and_runs_at_once(machine: Machine) -> None:
    """One command makes the app, its environment and its database, and proves it."""
    done = machine.copy("my-app")
    project = machine.home / "my-app"

    assert done.returncode == 0, done.stdout
    said = re.search(r"Made and validated in .* s: (\d+) tests passed, coverage 100 %", done.stdout)
    assert said, done.stdout
    assert int(said[1]) >= 150
    assert (project / "instance/app.db").stat().st_size > 0
    assert 'requires-python = ">=3.11"' in (project / "uv.lock").read_text(encoding="utf-8")
    new = sh("git", "status", "--porcelain", "--untracked-files=all", cwd=project)
    assert not re.search(r"\.venv|app\.db|coverage|\.log|pycache", new)


def test_an_update_brings_a_fix_and_keeps_an_edit(machine: Machine) -> None:
    """A later version arrives beside what its owner wrote, and the suite says that both hold."""
    project = machine.home / "my-app"
    machine.copy(project, "--skip-tasks")
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")
    style = project / "app/static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    (project / "tests/unit/test_mine.py").write_text(TEST, encoding="utf-8")
    commit(project, "as its owner wants it")
    for name in ("app/__init__.py.jinja", "gunicorn.conf.py"):
        fixed = machine.template / "template" / name
        fixed.write_text(fixed.read_text(encoding="utf-8") + FIX, encoding="utf-8")
    later = machine.template / "template/app/static/style.css"
    later.write_text("/* Fixed. */\n" + later.read_text(encoding="utf-8"), encoding="utf-8")
    commit(machine.template, "a fix", tag="v0.1.1")

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert re.search(r"Updated and validated in .*: \d+ tests passed, coverage 100 %", done.stdout)
    merged = style.read_text(encoding="utf-8")
    assert merged.startswith("/* Fixed. */\n")
    assert merged.endswith(RULE)
    assert (project / "app/__init__.py").read_text(encoding="utf-8").endswith(FIX)
    assert (project / "gunicorn.conf.py").read_text(encoding="utf-8").endswith(FIX)
    assert (project / "tests/unit/test_mine.py").read_text(encoding="utf-8") == TEST
    assert "_commit: v0.1.1" in (project / ".copier-answers.yml").read_text(encoding="utf-8")
    assert not (project / "instance").exists()


def test_a_model_where_none_is_looked_for(machine: Machine) -> None:
    """The suite that has begun beside the migration begins again with it."""
    project = machine.home / "my-app"
    # Nobody logs in: the suite of accounts says nothing of migrations, and takes its time.
    machine.copy(project, "--skip-tasks", auth="none", interface="api")
    sh("git", "init", "--quiet", cwd=project)
    commit(project, "as it was made")
    module = machine.template / "template/app/health.py"
    text = module.read_text(encoding="utf-8")
    module.write_text(text + MODEL, encoding="utf-8")
    commit(machine.template, "a model beside what is served", tag="v0.1.1")

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert "migration    migrations/versions/0003_add_notes.py" in done.stdout
    assert re.search(r"Updated and validated in .*: \d+ tests passed, coverage 100 %", done.stdout)
