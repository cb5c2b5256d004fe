"""The answers under which faults are tried, by name."""

from __future__ import annotations

DEFAULT = "both"
RESOURCES = (
    "{book: {title: str(200), isbn: str(13)!, pages: int?, published: date?,"
    " genre: choice(novel|essay|poetry), price: 'decimal(6,2)=9.99', lent: bool=false},"
    " review: {book: ref(book), stars: int(1..5), text: text, seen: datetime?, owned: true}}"
)

ANSWERS: dict[str, dict[str, str]] = {
    DEFAULT: {"interface": "both", "auth": "both"},
    "both-session": {"interface": "both", "auth": "session"},
    "both-jwt": {"interface": "both", "auth": "jwt"},
    "both-none": {"interface": "both", "auth": "none"},
    "api-jwt": {"interface": "api", "auth": "jwt"},
    "api-none": {"interface": "api", "auth": "none"},
    "pages-session": {"interface": "pages", "auth": "session"},
    "pages-none": {"interface": "pages", "auth": "none"},
    "library": {"interface": "both", "auth": "both", "resources": RESOURCES},
}

# Of posts: what is said of a library's books and reviews is said apart.
LIBRARY = "library"
POSTS = tuple(name for name in ANSWERS if name != LIBRARY)
GROUPS = {
    "all": {},
    "api": {"interface": {"both", "api"}},
    "pages": {"interface": {"both", "pages"}},
    "session": {"auth": {"both", "session"}},
    "jwt": {"auth": {"both", "jwt"}},
    "accounts": {"auth": {"both", "session", "jwt"}},
}


def named(words: str) -> tuple[str, ...]:
    """Return the answers that some words name: of groups, or each by its own name."""
    found = [name for word in words.split() for name in (group(word) if word in GROUPS else [word])]
    assert set(found) <= set(ANSWERS), f"{words} are no answers"
    return tuple(dict.fromkeys(found))


def group(word: str) -> list[str]:
    """Return the answers of posts that belong to a group."""
    wanted = GROUPS[word].items()
    return [name for name in POSTS if all(ANSWERS[name][key] in some for key, some in wanted)]
