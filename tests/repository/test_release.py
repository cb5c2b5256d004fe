"""`make release`: what it demands, and that it tags only what is green."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from history import key, releases
from packaging.version import Version

from tests.hooks.machine import commit, sh
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.quick

FIRST = "# Changelog\n\n## [0.1.0]\n\n### Added\n\n- All.\n"
NEXT = (
    "\n## [0.2.0]\n\n### Added\n\n- More.\n\n### Upgrade notes\n\nFrom 0.1.0: nothing.\n\n## [0.1"
)
STEPS = 'import sys\n\nprint("ran", *sys.argv[1:])\nsys.exit({status})\n'


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository whose first version is released, and whose second one is ready to be."""
    folder = tmp_path / "template"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / ".gitignore").write_text("__pycache__/\n", encoding="utf-8")
    steps(folder, 0)
    sh("git", "init", "--quiet", cwd=folder)
    for role in ("user.name", "user.email"):
        sh("git", "config", role, "nobody@example.com", cwd=folder)
    state(folder, "0.1.0", FIRST)
    state(folder, "0.2.0", FIRST.replace("\n## [0.1", NEXT))
    return folder


def steps(folder: Path, status: int) -> None:
    """Stand in for the run of hours, whose result this is about."""
    (folder / "scripts/steps.py").write_text(STEPS.format(status=status), encoding="utf-8")


def state(folder: Path, version: str, changelog: str) -> None:
    """Commit a version and a changelog."""
    (folder / "pyproject.toml").write_text(f'version = "{version}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    commit(folder, version)


def release(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, "scripts/release.py"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def tags(folder: Path) -> str:
    """List the tags, each with the type of what it is of."""
    return sh("git", "for-each-ref", "--format=%(objecttype) %(refname)", "refs/tags", cwd=folder)


def test_what_is_green_is_tagged(repository: Path) -> None:
    """The tag is annotated, and on the commit that the run was on."""
    done = release(repository)

    assert done.returncode == 0, done.stdout
    assert "ran exhaustive" in done.stdout
    assert tags(repository) == "tag refs/tags/v0.2.0\n"
    assert sh("git", "describe", cwd=repository) == "v0.2.0\n"
    assert "git push origin v0.2.0" in done.stdout


def test_what_is_red_is_not(repository: Path) -> None:
    """Nothing is tagged before its tests have passed."""
    steps(repository, 1)
    commit(repository, "red")

    done = release(repository)

    assert done.returncode == 1
    assert "Not released: the exhaustive run is red" in done.stdout
    assert tags(repository) == ""


@pytest.mark.parametrize(
    ("version", "changelog", "problem"),
    [
        ("0.2", NEXT, "'0.2' in pyproject.toml is no version such as 1.2.3 or 1.2.3rc1"),
        ("0.1.0", "\n## [0.1", "0.1.0 has been released: raise the version in pyproject.toml"),
        ("0.3.0", NEXT, r"the first section of CHANGELOG.md is not \[0.3.0\]"),
        ("0.2.0", NEXT.replace("From 0.1.0: nothing.\n", ""), r"\[0.2.0\] in CHANGELOG.md has no "),
        ("0.2.0", NEXT.replace("[0.1", "[0.4.0]\n\n## [0.1"), "the sections of .* do not go down"),
        ("0.1.9", NEXT.replace("0.2.0", "0.1.9"), "the history lowers the version: 0.2.0 to 0.1.9"),
    ],
)
def test_what_a_release_lacks_is_said(
    repository: Path, version: str, changelog: str, problem: str
) -> None:
    """Each in a line, and before the run of hours."""
    state(repository, version, FIRST.replace("\n## [0.1", changelog))

    done = release(repository)

    assert done.returncode == 1
    assert re.search(rf"^Not released: {problem}", done.stdout, re.MULTILINE), done.stdout
    assert "ran exhaustive" not in done.stdout
    assert tags(repository) == ""


def test_uncommitted_changes_and_used_tags_are_refused(repository: Path) -> None:
    """What is tagged is what was tested, and no tag ever moves."""
    sh("git", "tag", "v0.2.0", cwd=repository)
    (repository / "notes.txt").touch()

    done = release(repository)

    assert done.stdout.splitlines() == [
        "Not released: there are changes that are not committed.",
        "Not released: there is a tag v0.2.0: raise the version in pyproject.toml.",
    ]


def test_versions_sort_as_copier_sorts_them() -> None:
    """A candidate comes before its release, and ten after nine."""
    shuffled = ["1.0.0", "0.10.0", "0.10.0rc2", "0.10.0a1", "0.10.0rc1", "0.10.0b2", "0.9.0"]
    assert sorted(shuffled, key=key) == sorted(shuffled, key=Version)


def test_a_release_is_what_stood_before_the_next_began(repository: Path) -> None:
    """Whether the changelog or the version is raised first, and on however many branches."""
    released = sh("git", "rev-parse", "HEAD", cwd=repository).strip()
    text = FIRST.replace("\n## [0.1", NEXT).replace("[0.2.0]", "[0.3.0]\n\n## [0.2.0]", 1)
    sh("git", "checkout", "--quiet", "-b", "other", cwd=repository)
    (repository / "notes.txt").touch()
    commit(repository, "work")
    state(repository, "0.2.0", text)
    sh("git", "checkout", "--quiet", "-", cwd=repository)
    state(repository, "0.2.0", text)
    sh("git", "merge", "--quiet", "--no-edit", "other", cwd=repository)
    state(repository, "0.3.0", text)

    found = releases(repository)

    assert [*found] == ["0.1.0", "0.2.0"]
    assert found["0.2.0"] == released
