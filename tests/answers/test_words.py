"""The words of a resource are English."""

from __future__ import annotations

import pytest

from tests.support.resources import tags

PLURALS = {
    "post": "posts",
    "blog_post": "blog_posts",
    "category": "categories",
    "day": "days",
    "colloquy": "colloquies",
    "box": "boxes",
    "address": "addresses",
    "bus": "buses",
    "match_day": "match_days",
    "dish": "dishes",
    "branch": "branches",
    "person": "people",
    "sales_person": "sales_people",
    "child": "children",
    "shelf": "shelves",
    "hero": "heroes",
    "photo": "photos",
    "quiz": "quizzes",
    "analysis": "analyses",
    "roof": "roofs",
}
ARTICLES = {
    "a": "book blog_post unit user union european use utility one_time_code ewe house year x",
    "an": "author order hour honest_man honour heir umbrella uninstalled_app energy enemy item "
    "inequality onion usher utterance urn event",
}


@pytest.mark.parametrize(("name", "plural"), PLURALS.items())
def test_plural(name: str, plural: str) -> None:
    """Only the last word of a name has one."""
    assert made("plural_of", name) == plural


@pytest.mark.parametrize(
    ("article", "word"),
    [(article, word) for article, words in ARTICLES.items() for word in words.split()],
)
def test_article(article: str, word: str) -> None:
    """The sound tells, not the letter."""
    words = word.replace("_", " ")
    assert made("with_article", words) == f"{article} {words}"


def made(macro: str, word: str) -> str:
    """Return what a macro makes of a word."""
    names = tags().get_template("includes/resources/names.jinja").make_module()
    result: str = getattr(names, macro)(word)
    return result.strip()
