"""Add, change and remove resources of this app, each with its migration and its tests.

  python resources.py add author 'name:str(100)' 'born:date?'
  python resources.py change book 'author:ref(author)?' 'isbn:str(17)!' --drop pages
  python resources.py remove review
  python resources.py list

A field is its name and its type: str(200), text, int, int(1..5), float, float(0..1), decimal(10,2),
bool, date, datetime, email, url, choice(novel|essay), ref(author). After the type ? lets it be
empty, ! makes it unique and = gives a default, as stars:int(1..5)=3. To spare the quotes, write
colons: name:str:100, stars:int:1..5, genre:choice:novel,essay, author:ref:author?

Two words are options of the resource: owned (or owned:author, what its owner is called) lets only
the user who made one change it; plural:people is the plural where it is not regular.

Each command but list is an update by Copier: it keeps your edits, makes the migration and runs the
suite. It needs a clean git tree, so that `git reset --hard && git clean -fd` can take it back.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

Resources = dict[str, dict[str, object]]

PROJECT = Path(__file__).resolve().parent
ANSWERS = PROJECT / ".copier-answers.yml"
# What projects have that are older than the question.
FIRST: Resources = {"post": {"title": "str(200)", "content": "text", "owned": "author"}}
OPTIONS = ("owned", "plural")
WAYS = (("copier",), ("uvx", "copier"), ("uv", "tool", "run", "copier"), ("pipx", "run", "copier"))
REFUSED = re.compile(r"Not taken: resources: (.*)'")
STOPPED = 130  # the exit status after Ctrl-C


class ProblemError(Exception):
    """What was asked for cannot be done, in one line."""


def main() -> int:
    """Run the command and return the exit status."""
    try:
        return run(arguments())
    except ProblemError as problem:
        print(f"resources.py: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return STOPPED


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="resources.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    helps = {
        "add": "add a resource",
        "change": "add fields to a resource, change or drop some",
        "remove": "remove resources",
        "list": "show the resources and their fields",
        "check": "make a missing migration and run the suite, as after conflicts",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text)
        if name in {"add", "change"}:
            command.add_argument("resource", help="its name in the singular, as book")
        if name == "change":
            command.add_argument("--drop", action="append", default=[], metavar="FIELD")
        if name == "remove":
            command.add_argument("resources", nargs="+", metavar="resource")
    found, words = parser.parse_known_args()
    takes_fields = found.command in {"add", "change"}
    if wrong := [word for word in words if not takes_fields or word.startswith("-")]:
        parser.error(f"unrecognized arguments: {' '.join(wrong)}")
    found.fields = words
    return found


def run(options: argparse.Namespace) -> int:
    """Do what was asked for."""
    resources = read()
    if options.command == "list":
        print(listed(resources))
        return 0
    if options.command == "add":
        add(resources, options.resource, fields(options.fields))
    elif options.command == "change":
        change(resources, options.resource, fields(options.fields), options.drop)
    elif options.command == "remove":
        for name in options.resources:
            find(resources, name)
            del resources[name]
    return update(resources)


def read() -> Resources:
    """Read the resources from the answers; the update writes them, one a line, as JSON."""
    if not ANSWERS.exists():
        raise ProblemError(f"there is no {ANSWERS.name} here: Copier has not made this project")
    text = ANSWERS.read_text(encoding="utf-8")
    found = re.search(r"(?m)^resources:.*\n((?:  .*(?:\n|\Z))*)", text)
    if found is None:
        return FIRST
    lines = [line.split(":", 1) for line in found[1].splitlines()]
    try:
        resources: Resources = {name.strip(): json.loads(fields) for name, fields in lines}
    except ValueError as error:
        raise ProblemError(f"{ANSWERS.name}: its resources are not as Copier wrote them") from error
    return resources


def fields(words: list[str]) -> dict[str, object]:
    """Return the fields and options that words name."""
    return dict(field(word) for word in words)


def field(word: str) -> tuple[str, object]:
    """Return a name and what it is: `stars:int:1..5?` is `stars: int(1..5)?`."""
    name, _, text = word.partition(":")
    if name in OPTIONS:
        return name, text or True
    if not text:
        raise ProblemError(f"{name}: say its type too, as {name}:str(200)")
    colons = re.fullmatch(r"([a-z]+):([^=]*?)([?!]*)(=.*)?", text)
    if colons:
        kind, inside, marks, default = colons.groups("")
        text = f"{kind}({inside}){marks}{default}"
    if text.startswith("choice("):
        inside, _, rest = text.partition(")")
        text = f"{inside.replace(',', '|')}){rest}"
    return name, text


def add(resources: Resources, name: str, wanted: dict[str, object]) -> None:
    """Add a resource."""
    if name in resources:
        raise ProblemError(f"{name} is there already: use `change {name}`")
    resources[name] = wanted


def change(resources: Resources, name: str, wanted: dict[str, object], dropped: list[str]) -> None:
    """Add, retype and drop fields of a resource."""
    there = find(resources, name)
    for field_name in dropped:
        if field_name not in there:
            raise ProblemError(f"{name} has no {field_name}; it has {', '.join(there)}")
        del there[field_name]
    there.update(wanted)


def find(resources: Resources, name: str) -> dict[str, object]:
    """Return what a resource is made of."""
    if name not in resources:
        raise ProblemError(f"there is no {name}; there are {', '.join(resources)}")
    return resources[name]


def listed(resources: Resources) -> str:
    """Return the resources as text, in the words with which they are added."""
    lines = []
    for name, spec in resources.items():
        lines.append(name)
        lines += [f"  {key}" if text is True else f"  {key}:{text}" for key, text in spec.items()]
    return "\n".join(lines)


def update(resources: Resources) -> int:
    """Let Copier update the project, on the version that it is on, to other resources."""
    see_that_it_can_be_taken_back()
    answer = json.dumps(resources, ensure_ascii=False)
    command = [
        *copier(),
        "update",
        "--trust",
        "--defaults",
        "--quiet",
        "--vcs-ref=:current:",
        f"--data=resources={answer}",
    ]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, encoding="utf-8") as child:
        try:
            return tell(child)
        except KeyboardInterrupt:
            # Copier has been told too, and ends when it has cleared up.
            sys.stderr.write(child.communicate()[1])
            raise


def tell(child: subprocess.Popen[str]) -> int:
    """Pass on what Copier says, but for a refused answer only why it is refused."""
    for line in child.stderr or ():
        refused = REFUSED.search(line)
        sys.stderr.write(f"resources.py: {refused[1]}\n" if refused else line)
    return child.wait()


def see_that_it_can_be_taken_back() -> None:
    """Refuse where git could not take the update back."""
    git = shutil.which("git")
    if git is None:
        raise ProblemError("git is needed, and not installed")
    commands = {"rev-parse --verify HEAD": False, "status --porcelain": True}
    for words, quiet in commands.items():
        command = [git, *words.split()]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ProblemError("commit the project first: git add . && git commit")
        if quiet and done.stdout:
            raise ProblemError("commit your changes first, so that the update can be taken back")


def copier() -> list[str]:
    """Return the words that call Copier."""
    for program, *rest in WAYS:
        found = shutil.which(program)
        if found:
            return [found, *rest]
    raise ProblemError("Copier is needed: install uv, or pipx, or Copier by `pip install copier`")


if __name__ == "__main__":
    sys.exit(main())
