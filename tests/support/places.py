"""Each place where a file of a project holds what was typed, and what is read there again."""

from __future__ import annotations

import ast
import re
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

import yaml

from tests.support.paths import ROOT
from tests.support.rendering import take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Answers = Mapping[str, Any]
    Read = Iterator[tuple[Any, Any]]

SPECIAL = r"[\\`*_\[\]<>&#|~$]"
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# What stands at the start of a line makes it a list there.
LIST = re.compile(r"[-+]|\d+[.)]")
DATABASE_NAME = re.compile(r"^#?DATABASE_URL=(?:postgresql|mysql)://\S+/(\S+)$", re.MULTILINE)

# A project that is called like one of its dependencies has no solution for uv.
TESTED = re.findall(r"(?m)^([\w-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"))


def slug(name: str) -> str:
    """Return what a name is where only small letters, digits and hyphens can stand."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "app"


def answers_file(text: str, answers: Answers) -> Read:
    """Read `.copier-answers.yml` as Copier does."""
    stored = yaml.safe_load(text)
    yield from ((stored[name], answer) for name, answer in answers.items())


def metadata(text: str, answers: Answers) -> Read:
    """Read `pyproject.toml`."""
    project = tomllib.loads(text)["project"]
    yield project["name"].removesuffix("-app"), slug(answers["project_name"]).removesuffix("-app")
    yield project["name"] in TESTED, False
    yield project["description"], answers["description"]
    email = {"email": answers["email"]} if answers["email"] else {}
    yield project["authors"], [{"name": answers["author"], **email}]


def licence(text: str, answers: Answers) -> Read:
    """Read who holds the rights; Apache's licence names nobody."""
    holders = re.findall(r"^Copyright \(c\) (.*)$", text, re.MULTILINE)
    yield holders, [] if answers["license"] == "Apache-2.0" else [answers["author"]]


def readme(text: str, answers: Answers) -> Read:
    """Read the heading, the line below it, and who keeps all rights, as Markdown shows them."""
    lines = text.splitlines()
    yield shown(lines[0].removeprefix("# ")), answers["project_name"]
    yield shown(lines[2]), answers["description"]
    if answers["license"] == "none":
        end = next(line for line in lines if line.startswith("All rights reserved, "))
        yield shown(end.removeprefix("All rights reserved, ").removesuffix(".")), answers["author"]


def shown(line: str) -> str:
    """Return what a line of Markdown shows; nothing if some of it would be more than text."""
    plain = ESCAPE.sub("", line)
    return "" if re.search(SPECIAL, plain) or LIST.match(line) else ESCAPE.sub(r"\1", line)


def settings(text: str, answers: Answers) -> Read:
    """Read what every environment shares in `app/config.py`, without running it."""
    shared = next(
        node
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name == "Config"
    )
    found = {
        ast.unparse(node.targets[0]): node.value
        for node in ast.walk(shared)
        if isinstance(node, ast.Assign)
    }
    yield ast.literal_eval(found["APP_NAME"]), answers["project_name"]
    yield ast.literal_eval(found["APP_DESCRIPTION"]), answers["description"]
    for name, end in {"JWT_ISSUER": "", "JWT_AUDIENCE": "-api"}.items():
        if name in found:
            yield ast.literal_eval(found[name]), slug(answers["project_name"]) + end
    default = re.search(r"://.+/(.*)'", ast.unparse(found["self.DATABASE_URL"]))
    if answers.get("database", "sqlite") != "sqlite":
        yield default and default[1], slug(answers["project_name"])[:63].rstrip("-")


def compose(text: str, answers: Answers) -> Read:
    """Read the name of the services and of their image."""
    document = yaml.safe_load(text)
    yield document["name"], slug(answers["project_name"])
    yield document["x-app"]["image"], slug(answers["project_name"])


def example(text: str, answers: Answers) -> Read:
    """Read the name of the database, which PostgreSQL and MySQL must take."""
    for name in DATABASE_NAME.findall(text):
        yield name, slug(answers["project_name"])[:63].rstrip("-")


PLACES: dict[str, Callable[[str, Answers], Read]] = {
    ".copier-answers.yml": answers_file,
    ".env.example": example,
    "LICENSE": licence,
    "README.md": readme,
    "app/config.py": settings,
    "compose.yaml": compose,
    "pyproject.toml": metadata,
}


# Without it `app` would be no package to the linter.
KEPT = {*PLACES, "app/__init__.py"}


def wrong(project: Path, answers: Answers) -> Iterator[str]:
    """Read every place, and say where something else stands than was typed."""
    for name, read in PLACES.items():
        text = (project / name).read_text(encoding="utf-8")
        for found, typed in read(text, answers):
            if found != typed:
                yield f"{name}: {found!r} and not {typed!r}"


def places_alone(folder: Path) -> Path:
    """Make a template of only the files that have such places; Copier renders it as the whole."""
    snapshot = take_snapshot(folder)
    for path in (snapshot / "template").rglob("*"):
        name = path.relative_to(snapshot / "template").as_posix().removesuffix(".jinja")
        if path.is_file() and name not in KEPT and "answers_file" not in name:
            path.unlink()
    shutil.rmtree(snapshot / "hooks")
    return snapshot
