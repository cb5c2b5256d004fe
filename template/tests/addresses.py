"""Addresses of databases: which may be emptied, and where a run finds its own."""

from __future__ import annotations

import re
from pathlib import PurePath

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

# Words, not parts of them: neither "latest" nor "contest" is a test database, "product_test" is.
TEST = re.compile(r"(?<![a-z])tests?(?![a-z])", re.IGNORECASE)
IN_USE = re.compile(r"(?<![a-z])(live|prod|production|staging)(?![a-z])", re.IGNORECASE)
# Room for what is added to it, within what the databases allow.
NAME_LENGTH = 40


def problem_of(address: str, backends: tuple[str, ...]) -> str | None:
    """Say why an address is not that of a test database, which would be emptied."""
    try:
        url = make_url(address)
    except ArgumentError:
        return "TEST_DATABASE_URL is not the address of a database."
    kind = url.get_backend_name()
    if kind not in backends:
        return f"TEST_DATABASE_URL is of {kind}, but the app's database is {backends[0]}."
    if url.database in {None, "", ":memory:"}:
        return "TEST_DATABASE_URL names no database; one for tests has 'test' in its name."
    name = PurePath(str(url.database)).stem
    problem = problem_of_name(name)
    return f"Refusing the database {name!r}: {problem}." if problem else None


def problem_of_name(name: str) -> str | None:
    """Say why a name is not that of a test database."""
    if not TEST.search(name):
        return "the name of a test database has 'test' in it"
    if in_use := IN_USE.search(name):
        return f"{in_use[0]!r} is no word for a test database"
    if len(name) > NAME_LENGTH:
        return f"its name has more than {NAME_LENGTH} characters"
    return None


def beside(url: URL, name: object) -> URL:
    """Return the address of a database beside another."""
    path = PurePath(url.database or "")
    return url.set(database=str(path.with_stem(f"{path.stem}_{name}")))
