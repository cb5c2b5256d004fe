"""What an owner may set as they like leaves the suite green."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import some_of
from tests.support.suite import run_suite, say
from tests.support.texts import LOOKED_FOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Render

# Lifetimes and the length of a password are not among them: tests state what users are promised.
SET = {
    "app/config.py": {
        "APP_NAME": repr(LOOKED_FOR),
        "APP_DESCRIPTION": repr(LOOKED_FOR),
        "MAX_CONTENT_LENGTH": "4 * 1024 * 1024",
        "CONFIRMED_USERS_ONLY": "True",
        "SESSION_COOKIE_NAME": '"shop"',
        "JWT_ISSUER": '"https://shop.example.com"',
        "JWT_AUDIENCE": '"https://shop.example.com/api"',
        "API_VERSION": '"2026-01"',
        "WEB_CONCURRENCY": "4",
    },
}
PAGES = "app/pagination.py"
# Smaller and larger than they are.
SIZES = {
    "both": {"PER_PAGE": "5", "MAX_PER_PAGE": "10"},
    "session": {"PER_PAGE": "30", "MAX_PER_PAGE": "150"},
}
# Only a project with tokens has two of them.
MISSING: dict[str, list[str]] = {"both": [], "session": ["JWT_ISSUER", "JWT_AUDIENCE"]}
SMALLEST_TESTS = 150


@pytest.mark.parametrize("auth", some_of(SIZES, 1))
def test_a_suite_is_green_whatever_is_set(
    auth: str,
    render_project: Render,
    python: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Whoever changes a number of the app has no test to change."""
    project = render_project({"auth": auth})
    settings = SET | {PAGES: SIZES[auth]}
    unknown = [name for file in settings for name in change(project / file, settings[file])]
    assert unknown == MISSING[auth]
    result = run_suite(python, project)
    say(request, f"auth {auth} with settings of an owner's: {result.summary()}")
    result.assert_green(SMALLEST_TESTS)


def change(path: Path, settings: dict[str, str]) -> Iterator[str]:
    """Give settings other values where each is said first, and name those that are not there."""
    text = path.read_text(encoding="utf-8")
    for name, value in settings.items():
        text, found = re.subn(rf"(?m)^( *{name} = ).+$", rf"\g<1>{value}", text, count=1)
        if not found:
            yield name
    path.write_text(text, encoding="utf-8")
