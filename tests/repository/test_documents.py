"""The documents agree with the repository."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.support.checkout import texts
from tests.support.paths import ROOT

pytestmark = pytest.mark.quick

HEADING = re.compile(r"^## \[?(\d+\.\d+\.\d+)\]?", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)|<img[^>]* src=\"([^\"]+)\"")
TARGET = re.compile(r"^([a-z]+):.*## (.+)$", re.MULTILINE)
NAMED = re.compile(r"`make ([a-z]+)|^\s*(?:\$ )?make ([a-z]+)", re.MULTILINE)


def own_documents() -> dict[str, str]:
    """Return the documents of the template itself, not those that it renders."""
    return {
        name: text
        for name, text in texts().items()
        if name.endswith(".md") and not name.startswith("template/")
    }


def test_changelog_begins_with_this_version() -> None:
    """The newest entry is the version of pyproject.toml."""
    version = tomllib.loads(texts()["pyproject.toml"])["project"]["version"]
    headings = HEADING.findall(texts()["CHANGELOG.md"])
    assert headings[0] == version


def test_links_lead_somewhere() -> None:
    """Each relative link and picture of a document is there."""
    broken = [
        f"{name}: {found[0] or found[1]}"
        for name, text in own_documents().items()
        for found in LINK.findall(text)
        if not (ROOT / name).parent.joinpath(found[0] or found[1]).exists()
    ]
    assert broken == []


def test_every_decision_is_listed() -> None:
    """A decision that no other document links is not found by anybody."""
    decisions = [name for name in own_documents() if re.match(r"docs/decisions/\d", name)]
    assert decisions
    for decision in decisions:
        file = decision.rpartition("/")[2]
        assert any(file in text for name, text in own_documents().items() if name != decision), file


def test_make_commands_exist() -> None:
    """Each `make` command that a document names is one, and help lists each."""
    targets = dict(TARGET.findall(texts()["Makefile"]))
    named = {
        first or second
        for name, text in own_documents().items()
        if name != "CHANGELOG.md"
        for first, second in NAMED.findall(text)
    }
    assert {"new", "test"} <= named <= targets.keys()


def test_ci_runs_the_command_of_the_readme() -> None:
    """What a reader is told to run is all that CI runs."""
    assert "make test" in texts()["README.md"]
    assert texts()[".ci/run"].splitlines()[-1] == "exec make test"
    assert 'make test PYTHON="$(uv python find)"' in texts()[".github/workflows/ci.yml"]
