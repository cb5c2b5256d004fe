"""What is committed speaks of the project only, and its modules stay short."""

from __future__ import annotations

import re

import pytest

from tests.support.checkout import texts

pytestmark = pytest.mark.quick

REGISTRY = re.compile(r"\b(pypi|pythonhosted|npmjs|debian|crates)\.(org|com|io)\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.\-}])/(work|farm|Users|root(?!/\.cache/))/|/home/(?!app\b)\w+/")
LOCKS = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "pylock.toml"}
LONGEST = 320
UNTIDY = re.compile(r"[ \t]+$|[^\n]\Z|\n\n\Z", re.MULTILINE)


@pytest.mark.parametrize(
    ("pattern", "what"), [(REGISTRY, "a registry's host"), (MACHINE, "a folder of some machine")]
)
def test_no_text_names(pattern: re.Pattern[str], what: str) -> None:
    """Neither is any business of the reader's."""
    named = [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]
    assert named == [], what


def test_no_lock_is_committed() -> None:
    """A lock holds the addresses of the registry that made it."""
    assert [name for name in texts() if name.rpartition("/")[2] in LOCKS] == []


def test_modules_are_short() -> None:
    """A module is read whole."""
    long = {
        name: len(text.splitlines())
        for name, text in texts().items()
        if name.endswith((".py", ".py.jinja"))
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_texts_are_tidy() -> None:
    """Each file ends with one line break, and no line with white space."""
    assert [name for name, text in texts().items() if text and UNTIDY.search(text)] == []
