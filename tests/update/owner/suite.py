"""Edits of the suite beside those of a feature: tests, fixtures, helpers."""

from __future__ import annotations

from tests.update.owner.edit import Addition, Edit, Work

MINE = '''"""What the owner of this project wants to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def test_mine(app: Flask, greeting: str) -> None:
    assert app.config["SUPPORT_ADDRESS"].startswith(greeting)
'''
FIXTURES = '''"""Fixtures of our own."""

from __future__ import annotations

import pytest


@pytest.fixture
def greeting() -> str:
    """Return a word."""
    return "help"
'''
CONFIG = """

def test_staging_is_as_strict_as_production(production: pytest.MonkeyPatch) -> None:
    production.delenv("SECRET_KEY")

    with pytest.raises(ConfigError, match="SECRET_KEY is missing"):
        load(StagingConfig)
"""
HEALTH = """

def test_health_is_no_secret(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
"""
PAGE = """

def test_the_page_of_a_post_has_its_subtitle(client: Client, post: Post) -> None:
    assert "A subtitle" in client.get(f"/posts/{post.id}").text
"""
ADDRESSES = """

@pytest.mark.parametrize("name", ["our_test", "their_test"])
def test_our_own_databases_are_taken(name: str) -> None:
    assert "_test" in name
"""

SUITE: list[Work] = [
    Addition("fixtures in a folder", "tests/unit/mine/conftest.py", FIXTURES),
    Addition("a package of tests", "tests/unit/mine/__init__.py", '"""Our own."""\n'),
    Addition("tests in a folder", "tests/unit/mine/test_mine.py", MINE),
    Edit(
        "an import of a test",
        "tests/unit/test_config.py",
        "from app.config import StagingConfig, ",
        instead="from app.config import ",
    ),
    Edit("a test of settings", "tests/unit/test_config.py", CONFIG),
    Edit("a test of health", "tests/integration/test_health.py", HEALTH),
    Edit(
        "a test of a resource's pages",
        "tests/integration/posts/test_pages.py",
        PAGE,
    ),
    Edit(
        "a line of a resource's factory",
        "tests/factories.py",
        '    subtitle = "A subtitle"\n',
        after="    author = factory.SubFactory(UserFactory)\n",
    ),
    Edit("a test of a file that moves", "tests/unit/test_databases.py", ADDRESSES),
    Edit(
        "a helper of clients",
        "tests/client.py",
        'LANGUAGE = "en"\n',
        after='TOKEN = re.compile(r\'name="csrf_token"[^>]* value="([^"]+)"\')\n',
    ),
]
