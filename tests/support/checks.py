"""What must hold for each file of a generated project; every check yields its complaints."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import html5lib
import pytest
import yaml
from jinja2 import Environment, TemplateSyntaxError

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

TAG = re.compile(r"\[[=%#] ")
JINJA_IN_PAGES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
NEWLINE = "\n"
MAY_BE_EMPTY = ("__init__.py", "py.typed", ".gitkeep")
UNTIDY = {
    re.compile(r"[ \t]+$", re.MULTILINE): "ends with white space",
    re.compile(r"\n\n\n\n"): "is followed by three blank lines",
    re.compile(r"[^\n]\Z|\n\n\Z"): "does not end the file with one line break",
}


def assert_none(found: Iterable[str]) -> None:
    """Fail with all complaints at once."""
    if listed := [*found]:
        pytest.fail("\n".join(listed), pytrace=False)


def complaints(project: Path) -> Iterator[str]:
    """Check every file of a project."""
    for path in sorted(project.rglob("*")):
        if path.is_file():
            name = path.relative_to(project).as_posix()
            yield from (f"{name}: {complaint}" for complaint in complaints_of_file(path))


def complaints_of_file(path: Path) -> Iterator[str]:
    """Check one file: its text, and that it parses as what its name says."""
    if path.suffix == ".jinja":
        yield "is named like a file of the template"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from text_complaints(path, text)
    yield from leftovers(text)
    try:
        PARSERS.get(path.suffix, str)(text)
    except (ValueError, SyntaxError, yaml.YAMLError, ET.ParseError) as error:
        yield f"does not parse: {error}"
    except TemplateSyntaxError as error:
        yield f"line {error.lineno} is no Jinja: {error}"


def text_complaints(path: Path, text: str) -> Iterator[str]:
    """Check white space and what a machine may have left."""
    if not text:
        yield from () if path.name in MAY_BE_EMPTY else ("is empty",)
        return
    for pattern, complaint in UNTIDY.items():
        if found := pattern.search(text):
            yield f"line {1 + text[: found.start()].count(NEWLINE)} {complaint}"
    if "\n\n\n" in text and path.suffix not in {".py", ".mako"}:
        yield "has two blank lines together"
    if path.name != ".copier-answers.yml":  # it names the template, as it must
        for place in (str(ROOT), "pytest-of-"):
            yield from (f"names a folder of this machine: {place}",) if place in text else ()


def leftovers(text: str) -> Iterator[str]:
    """Find tags of the template that were not rendered."""
    for number, line in enumerate(text.split("\n"), start=1):
        if TAG.search(line):
            yield f"line {number} has a tag left: {line.strip()}"


def parse_page(text: str) -> None:
    """Compile a page's Jinja, and parse the HTML around it."""
    Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(text)
    html5lib.parse(JINJA_IN_PAGES.sub("", text))


PARSERS: dict[str, Callable[[str], object]] = {
    ".html": parse_page,
    ".json": json.loads,
    ".py": ast.parse,
    ".svg": ET.fromstring,
    ".toml": tomllib.loads,
    ".xml": ET.fromstring,
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
}
