"""What a copy does when all is well, wherever the project goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hooks.machine import PIN, Machine, sh
from tests.hooks.told import assert_told

if TYPE_CHECKING:
    from pathlib import Path


def test_environment_repository_lock_suite_and_what_to_do_next(machine: Machine) -> None:
    """One copy makes all of it, proves it and says how to go on."""
    done = machine.copy("app")
    project = machine.home / "app"

    assert done.returncode == 0, done.stdout
    assert ": 4 tests passed." in done.stdout
    assert "cd app\n" in done.stdout
    assert "uv run pytest" in done.stdout
    assert machine.runs == 1
    assert (project / ".venv/bin/python").exists()
    assert sh("git", "symbolic-ref", "HEAD", cwd=project).strip() == "refs/heads/main"
    assert sh("git", "rev-list", "--all", cwd=project) == ""
    assert not (project / "validation.log").exists()
    assert "\x1b" not in done.stdout.partition("Running task")[2].partition("\n")[2]


def test_the_lock_has_the_tested_versions_and_does_not_hold_them(machine: Machine) -> None:
    """The pins choose the versions and leave no trace of themselves."""
    machine.copy("app")
    project = machine.home / "app"

    name, version = PIN.split("==")
    lock = (project / "uv.lock").read_text(encoding="utf-8")
    assert f'name = "{name}"\nversion = "{version}"' in lock
    assert "constraints" not in lock
    assert "constraint" not in (project / "pyproject.toml").read_text(encoding="utf-8")
    assert [*project.glob(f".venv/lib/*/site-packages/{name}-{version}.dist-info")]
    sh("uv", "lock", "--check", cwd=project, PATH=machine.environment["PATH"])


def test_any_path(machine: Machine) -> None:
    """Spaces, quotes, accents and emoji in a path are just a path."""
    done = machine.copy(machine.home / "naïve café 🌲" / "it's my app")

    assert done.returncode == 0, done.stdout
    assert "Made and validated" in done.stdout


def test_an_existing_folder_keeps_what_is_in_it(machine: Machine) -> None:
    """A project may move into a folder that has files already."""
    project = machine.home / "there"
    project.mkdir()
    (project / "mine.txt").write_text("mine", encoding="utf-8")

    done = machine.copy("there")

    assert "Made and validated" in done.stdout
    assert (project / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_parent_repository_is_left_in_charge(machine: Machine) -> None:
    """No repository is made inside another one."""
    sh("git", "init", "--quiet", cwd=machine.home)

    done = machine.copy("app")

    assert_told("a repository around the project", done)
    assert not (machine.home / "app/.git").exists()


def test_skip_tasks_skips_all(machine: Machine) -> None:
    """Copier alone decides whether the hook runs."""
    done = machine.copy("app", "--skip-tasks")

    assert done.returncode == 0
    assert machine.runs == 0
    assert not (machine.home / "app/.venv").exists()
    assert not (machine.home / "app/.git").exists()


def test_the_surrounding_environment_stays_outside(machine: Machine, tmp_path: Path) -> None:
    """An activated environment and its variables are somebody else's."""
    other = tmp_path / "other"
    poison = tmp_path / "poison"
    poison.mkdir()
    (poison / "pytest.py").write_text("raise SystemExit('poisoned')\n", encoding="utf-8")
    machine.environment |= {
        "VIRTUAL_ENV": str(other),
        "UV_PROJECT_ENVIRONMENT": str(other),
        "PYTHONPATH": str(poison),
        "PYTEST_ADDOPTS": "--no-such-option",
    }

    done = machine.copy("app")

    assert "Made and validated" in done.stdout, done.stdout
    assert (machine.home / "app/.venv").exists()
    assert not other.exists()


def test_without_git_it_says_so(machine: Machine, tmp_path: Path) -> None:
    """Without git everything else still happens."""
    plain = tmp_path / "plain"
    sh("git", "clone", "--quiet", machine.template, plain, cwd=tmp_path)
    (plain / ".git").rename(tmp_path / "gone.git")
    machine.template = plain
    machine.without("git")

    done = machine.copy("app")

    assert_told("no git", done)
    assert "Made and validated" in done.stdout
    assert not (plain / "hooks/__pycache__").exists()
