"""An answer that cannot be is refused by one clear line, and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.combinations import impossible

if TYPE_CHECKING:
    from pathlib import Path

    from tests.answers.conftest import Copy
    from tests.conftest import Render

TEXTS = ("project_name", "description", "author")
REFUSED = {
    "blank": "",
    "spaces": "   ",
    "space before": " app",
    "space after": "app ",
    "too long": "x" * 101,
    "line break": "a\nb",
    "carriage return": "a\rb",
    "trailing line break": "app\n",
    "tab": "a\tb",
    "escape": "a\x1b[31mb",
    "delete": "a\x7fb",
    "next line": "a\x85b",
    "line separator": "a\u2028b",
    "right to left": "a\u202eb",
    "isolate": "a\u2066b",
    "zero width": "a\u200bb",
    "joiner": "a\u200db",
    "byte order mark": "a\ufeffb",
    "soft hyphen": "a\xadb",
    "lone surrogate": "a\udcffb",
}
ADDRESSES = ("ann", "ann@", "@example.com", "ann@example", "ann b@example.com", "ann@example.com\n",
    '"><script>@example.com', "ann@example..com", f"{'x' * 100}@example.com")  # fmt: skip
ELSEWHERE = {
    "license": "GPL-3.0",
    "python": "3.10",
    "interface": "graphql",
    "auth": "oauth",
    "database": "oracle",
    "ci": "gitlab",
}


def assert_refused(copy: Copy, destination: Path, question: str, answer: str) -> str:
    """Check that the last line names the question, and return it."""
    result = copy(f"{question}={answer}")
    assert result.returncode == 1, result.stderr
    assert not destination.exists()
    last = result.stderr.strip().splitlines()[-1]
    assert f"'{question}'" in last or f'"{question}"' in last, result.stderr
    return last


@pytest.mark.parametrize(("pair", "why"), impossible(), ids=str)
def test_impossible_pair(pair: dict[str, str], why: str, copy: Copy, destination: Path) -> None:
    """Session needs pages, and JWT needs an API."""
    result = copy(f"interface={pair['interface']}", f"auth={pair['auth']}")
    assert result.returncode == 1
    assert why in result.stderr.strip().splitlines()[-1]
    assert not destination.exists()


@pytest.mark.parametrize("answer", REFUSED.values(), ids=REFUSED.keys())
def test_text_is_refused(answer: str, render_project: Render) -> None:
    """What no file could hold as it was typed is no name."""
    with pytest.raises(ValueError, match="'project_name': must "):
        render_project({"project_name": answer})


@pytest.mark.parametrize("question", TEXTS)
def test_every_text_is_checked(question: str, copy: Copy, destination: Path) -> None:
    """Each question for free text has the same rule."""
    assert "must not contain control characters" in assert_refused(
        copy, destination, question, "a\x07b"
    )


@pytest.mark.parametrize("answer", ADDRESSES)
def test_address_is_refused(answer: str, render_project: Render) -> None:
    """An e-mail address that is none is refused."""
    with pytest.raises(ValueError, match="'email': must be an address such as "):
        render_project({"email": answer})


@pytest.mark.parametrize(("question", "answer"), ELSEWHERE.items())
def test_unknown_choice_is_refused(
    question: str, answer: str, copy: Copy, destination: Path
) -> None:
    """A choice that is not offered is refused by name."""
    assert_refused(copy, destination, question, answer)
