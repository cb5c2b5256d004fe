"""The shell of who runs a generated suite, its folder and its date change nothing in the result."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import DEFAULTS, on, some_of
from tests.isolation.shells import ALL, MOMENTS, NEVER, OPTIMISED, SHELLS, as_file, in_folder
from tests.support.outcomes import Suite, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own_suite(suite: Suite, tmp_path: Path) -> Suite:
    """Return the suite in a project that this test may change."""
    return replace(suite, project=shutil.copytree(suite.project, tmp_path / "own"))


@pytest.mark.parametrize("shell", some_of(SHELLS, 1))
def test_variables_change_nothing(suite: Suite, shell: str, tmp_path: Path) -> None:
    """And no database appears where DATABASE_URL says."""
    suite.assert_same(**in_folder(SHELLS[shell], tmp_path))
    assert not (tmp_path / NEVER).exists()


@on(DEFAULTS, 1, "shell")
def test_all_variables_at_once_change_nothing(suite: Suite, tmp_path: Path) -> None:
    """On each database."""
    suite.assert_same(**in_folder(ALL, tmp_path))


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ALL)
@on(DEFAULTS)
def test_a_variable_changes_nothing(suite: Suite, name: str, tmp_path: Path) -> None:
    """Each by itself, on each database."""
    suite.assert_same(**in_folder({name: ALL[name]}, tmp_path))


def test_files_of_variables_change_nothing(own_suite: Suite, tmp_path: Path) -> None:
    """Neither `.env` nor `.flaskenv`, which the app's own commands read."""
    poison = as_file(in_folder(ALL, tmp_path))
    for name in (".env", ".flaskenv"):
        (own_suite.project / name).write_text(poison, encoding="utf-8")
    own_suite.assert_same()
    assert not (tmp_path / NEVER).exists()


def test_another_folder_changes_nothing(suite: Suite, tmp_path: Path) -> None:
    """`pytest path/to/project`, in a folder with another `app`, `tests` and `.env`."""
    for package in ("app", "tests"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("raise ImportError('not me')\n")
    (tmp_path / ".env").write_text(as_file(in_folder(ALL, tmp_path)), encoding="utf-8")
    result = run(suite.python, suite.project, [str(suite.project)], folder=tmp_path)
    result.assert_same(suite.expected)


@pytest.mark.parametrize("moment", some_of(MOMENTS, 1))
def test_the_date_changes_nothing(suite: Suite, moment: str) -> None:
    """The clock of the whole run begins there, and goes on; that it is set is then no leak."""
    date, zone = MOMENTS[moment]
    (sees_clock,) = (name for name in suite.expected if "a clock that was set" in name)
    result = suite.run("-p", "travel", f"--deselect={sees_clock}", EVERGREEN_MOMENT=date, TZ=zone)
    result.assert_same(
        {name: suite.expected[name] for name in suite.expected if name != sees_clock}
    )


def test_without_asserts_a_suite_refuses_to_run(suite: Suite) -> None:
    """It would pass with nothing looked at; the line that says so is pytest's own."""
    result = suite.run(**OPTIMISED)
    assert result.status != 0
    assert not result.tests
    assert "assert statements are not executed" in result.output
