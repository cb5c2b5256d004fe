"""Every page that a suite gets to see, in every state, is valid HTML and can be used by all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.checks import assert_none
from tests.support.combinations import suites
from tests.support.pages import page_complaints, shape
from tests.support.paths import ROOT
from tests.support.tools import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render
    from tests.support.combinations import Combination

PLUGINS = ROOT / "tests" / "support" / "plugins"
OPTIONS = ("-q", "--no-cov", "-p", "record_pages")
FEWEST = 10


def one_database() -> list[Combination]:
    """List every interface and auth once; the database does not show in pages."""
    return [suite for suite in suites() if suite["database"] == "sqlite"]


@pytest.mark.parametrize("suite", one_database(), ids=str)
def test_pages(suite: Combination, render_project: Render, python: Path, tmp_path: Path) -> None:
    """The suite's own tests visit them, as strangers, users and administrators."""
    recorded = tmp_path / "pages"
    recorded.mkdir()
    environ = {"PYTHONPATH": str(PLUGINS), "RECORD_PAGES": str(recorded)}
    done = run(python, render_project(suite.data), "pytest", *OPTIONS, **environ)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {shape(path.read_text(encoding="utf-8")) for path in recorded.iterdir()}
    assert len(pages) >= (1 if suite["interface"] == "api" else FEWEST)
    assert_none(
        sorted(
            {f"{title(page)}: {complaint}" for page in pages for complaint in page_complaints(page)}
        )
    )


def title(page: str) -> str:
    """Name a page in a complaint."""
    return page.partition("<title>")[2].partition("</title>")[0] or page[:60]
