"""Words that Python, a database, a library or the app has use for are refused by name."""

from __future__ import annotations

import builtins
import json
import keyword
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.resources import problem_of, reserved

if TYPE_CHECKING:
    from pathlib import Path

# Asked of the libraries in the environment of generated projects.
SQL = """
import json
from sqlalchemy.dialects.mysql.reserved_words import RESERVED_WORDS_MARIADB, RESERVED_WORDS_MYSQL
from sqlalchemy.dialects.postgresql.base import RESERVED_WORDS
from sqlalchemy.dialects.sqlite.base import SQLiteIdentifierPreparer
print(json.dumps([*RESERVED_WORDS, *RESERVED_WORDS_MARIADB, *RESERVED_WORDS_MYSQL,
    *SQLiteIdentifierPreparer.reserved_words]))
"""
LIBRARIES = """
import json
from factory.alchemy import SQLAlchemyModelFactory
from flask import Flask
from flask_wtf import FlaskForm
from marshmallow import Schema
from sqlalchemy.orm import DeclarativeBase
class Model(DeclarativeBase): pass
app = Flask("app")
app.config["SECRET_KEY"] = "x" * 32
with app.test_request_context():
    found = [Model, Schema(), FlaskForm(), SQLAlchemyModelFactory]
    print(json.dumps([name for thing in found for name in dir(thing)]))
"""
LONGEST = 24
# What SQLAlchemy quotes, and none of the databases minds as it is run here.
HARMLESS = "action body first history last library package period plan position view"
FIELDS = {
    "python": "a reserved word of Python",
    "sql": "a reserved word of SQL",
    "libraries": "a name of a library that the app is made with",
    "fields": "a name that the app uses itself",
}
RESOURCES = {
    "python": "a reserved word of Python",
    "sql": "a reserved word of SQL",
    "builtins": "a name that Python has already",
    "resources": "a name that the app uses itself",
}
WANTED = """
title name text body type status email url description content label kind code price amount
quantity address city country phone first_name last_name started_on ends_at published due_on color
image file category author language notes summary subject message weight height width size length
level version state score rating duration time year month day number active done public private
visible username password
"""
THINGS = """
article product customer category invoice project task event ticket course student lesson recipe
movie song album city country company employee department vehicle reservation room hotel comment
note document payment supplier ingredient question answer message topic team game player season
venue membership
"""


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_is_named_so(name: str) -> None:
    """Each word of a list is refused, and the line says whose it is."""
    others = (reserved(other) for other in FIELDS if other != name)
    both = {"false", "no", "null", "off", "on", "true", "yes"}.union(*others)
    for word in (word for word in reserved(name) if len(word) <= LONGEST):
        said = problem_of(f"{{thing: {{{word}: text}}}}")
        assert said.startswith(f"thing.{word}: "), said
        assert FIELDS[name] in said or word in both, said


@pytest.mark.parametrize("name", RESOURCES)
def test_no_resource_is_named_so(name: str) -> None:
    """Neither in the singular nor in the plural."""
    for word in reserved(name):
        said = problem_of(f"{{{word}: {{title: text}}}}")
        assert said.startswith(f"{word}: "), said
        said = problem_of(f"{{thing: {{title: text, plural: {word}}}}}")
        assert said.startswith("thing.plural: "), said


@pytest.mark.parametrize("name", sorted({*FIELDS, *RESOURCES}))
def test_a_list_holds_names(name: str) -> None:
    """A word that no name can be has no place in it."""
    for word in reserved(name):
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", word)


def test_python() -> None:
    """All keywords, and all that Python knows without an import."""
    assert {word.lower() for word in keyword.kwlist} == reserved("python")
    known = {word for word in dir(builtins) if word.islower() and not word.startswith("_")}
    assert known <= reserved("builtins")


def test_sql(python: Path) -> None:
    """The lists of all dialects of SQLAlchemy are in ours."""
    assert missing(python, SQL, "sql") <= set(HARMLESS.split())


def test_libraries(python: Path) -> None:
    """What models, schemas, forms and factories have by themselves."""
    assert missing(python, LIBRARIES, "libraries") == set()


def missing(python: Path, code: str, name: str) -> set[str]:
    """Return the words that an interpreter prints and a list of ours lacks."""
    printed = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    words = {word for word in json.loads(printed.stdout) if word.islower()}
    return {word for word in words if not word.startswith("_")} - reserved(name)


@pytest.mark.parametrize("word", WANTED.split())
def test_a_name_that_people_want_is_free_for_a_field(word: str) -> None:
    """It works in all that is made of it."""
    assert problem_of(f"{{thing: {{{word}: text}}}}") == ""


@pytest.mark.parametrize("word", THINGS.split())
def test_a_name_that_people_want_is_free_for_a_resource(word: str) -> None:
    """It works in all that is made of it."""
    assert problem_of(f"{{{word}: {{title: text}}}}") == ""
