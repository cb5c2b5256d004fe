"""Every release so far: a project of it, edited by its owner, is updated to what is here now."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, commit, sh
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
STYLE = "\n.mine { color: inherit; }\n"
TEST = '''"""What the owner of this project wants to be so."""


def test_mine() -> None:
    """One more test, of the owner."""
    assert "mine"
'''
MIGRATION = '''"""Shout."""

from __future__ import annotations

from alembic import op

revision = "3f2a_shout"
down_revision: str | None = "0002_posts"
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Shout."""
    op.execute("UPDATE posts SET title = upper(title)")


def downgrade() -> None:
    """Nobody knows what it was."""
'''


def git(*command: str) -> bytes:
    """Ask the history of this repository."""
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=True).stdout


def releases() -> dict[str, str]:
    """Return the last commit of each version before today's.

    A version is raised where the work on it begins: what was released is what stood before that.
    """
    raised = git("log", "--format=%H", "-G^version = ", "--", "pyproject.toml").decode().split()
    found: dict[str, str] = {}
    for commit_id in raised[:-1]:
        before = git("show", f"{commit_id}~:pyproject.toml").decode()
        version = VERSION.search(before)
        assert version
        found[version[1]] = f"{commit_id}~"
    return found


def test_the_releases_are_found() -> None:
    """Without one nothing would be proved."""
    assert {"0.1.0", "0.2.0", "0.3.0"} <= releases().keys()


@pytest.fixture(params=releases().items(), ids=lambda release: release[0])
def machine(request: pytest.FixtureRequest, tmp_path: Path, snapshot: Path) -> Machine:
    """Return a machine with a template that has an old release and, after it, the present state."""
    template = tmp_path / "template"
    version, released = request.param
    archive = git("archive", released)
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(template, filter="data")
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "released", tag=f"v{version}")
    for path in template.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(snapshot, template, dirs_exist_ok=True)
    commit(template, "now", tag="v99.0.0")
    return Machine(tmp_path / "work", template)


@pytest.fixture
def project(machine: Machine, request: pytest.FixtureRequest) -> Path:
    """Make a project of the release, and edit it."""
    path = machine.home / "my-app"
    version, _ = request.node.callspec.params["machine"]
    done = machine.copy(path, "--skip-tasks", "--vcs-ref", f"v{version}")
    assert done.returncode == 0, done.stdout
    sh("git", "init", "--quiet", cwd=path)
    commit(path, "as it was made")
    style = path / "app/static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + STYLE, encoding="utf-8")
    (path / "tests/unit/test_mine.py").write_text(TEST, encoding="utf-8")
    (path / "migrations/versions/3f2a_shout.py").write_text(MIGRATION, encoding="utf-8")
    commit(path, "as its owner wants it")
    return path


def test_an_update_keeps_the_owners_work(machine: Machine, project: Path) -> None:
    """What the owner wrote is there, the history is only added to, and the suite is green."""
    history = project / "migrations/versions"
    before = {path.name: path.read_text(encoding="utf-8") for path in history.glob("*.py")}

    done = machine.update(project)

    assert done.returncode == 0, done.stdout
    assert re.search(r"Updated and validated in .* passed, coverage 100 %", done.stdout)
    assert (project / "app/static/style.css").read_text(encoding="utf-8").endswith(STYLE)
    assert (project / "tests/unit/test_mine.py").read_text(encoding="utf-8") == TEST
    after = {path.name: path.read_text(encoding="utf-8") for path in history.glob("*.py")}
    assert after.items() >= before.items()
    assert "_commit: v99.0.0" in (project / ".copier-answers.yml").read_text(encoding="utf-8")
