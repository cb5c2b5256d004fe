"""Adding a resource to a project that its owner has edited: what it takes beyond the suite."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path

from measuring import quietly, row, timed

from tests.support.checkout import IDENTITY, make_clone
from tests.support.machine import uv

COPIER = Path(sys.executable).with_name("copier")
BOOKS = {
    "book": {
        "title": "str(200)",
        "isbn": "str(13)!",
        "pages": "int?",
        "published": "date?",
        "genre": "choice(novel|essay|poetry)",
    },
    "review": {"book": "ref(book)", "stars": "int(1..5)", "text": "text"},
}
ADDED = ("resources.py", "add", "author", "name:str:100", "born:date?")
STEP = re.compile(r"(?m)^  \S (environment|migration|suite) .* ([0-9.]+) s$")
EDIT = "\n.mine { color: inherit; }\n"
TARGET = 4.0


def main(rounds: int) -> None:
    """Add the same resource again and again."""
    times: dict[str, list[float]] = {}
    path = os.pathsep.join([str(COPIER.parent), str(Path(uv()).parent), os.environ["PATH"]])
    environ = {"PATH": path, **IDENTITY}
    with tempfile.TemporaryDirectory() as folder:
        project = edited_project(Path(folder), environ)
        for _ in range(rounds + 1):
            for name, seconds in one_round(project, environ).items():
                times.setdefault(name, []).append(seconds)
    print(f"Add a resource to an edited project of two, median of {rounds}, after one to warm up:")
    for name, found in times.items():
        row(name, found[1:])
    beyond = [whole - suite for whole, suite in zip(times["whole"], times["suite"], strict=True)]
    row("whole - suite", beyond[1:])
    print(f"  {'asked':24} {TARGET:6.2f} s   at most")


def edited_project(folder: Path, environ: dict[str, str]) -> Path:
    """Make a project, edit it and commit it."""
    template = make_clone(folder / "template")
    project = folder / "my-app"
    answer = f"resources={json.dumps(BOOKS)}"
    copy = ("copy", "--trust", "--defaults", "--quiet", "--vcs-ref", "HEAD", "--data", answer)
    quietly([COPIER, *copy, template, project], folder, environ)
    style = project / "app/static/style.css"
    style.write_text(style.read_text(encoding="utf-8") + EDIT, encoding="utf-8")
    for command in (["add", "--all"], ["commit", "--quiet", "--message", "Mine"]):
        quietly(["git", *command], project, environ)
    return project


def one_round(project: Path, environ: dict[str, str]) -> dict[str, float]:
    """Add the resource, and take it back."""
    said = ""

    def add() -> None:
        nonlocal said
        said = quietly([sys.executable, *ADDED], project, environ)

    whole = timed(add)
    steps = {name: float(seconds) for name, seconds in STEP.findall(said)}
    if not (project / "app/static/style.css").read_text(encoding="utf-8").endswith(EDIT):
        sys.exit("the edit is lost")
    for command in (["reset", "--quiet", "--hard"], ["clean", "--quiet", "-d", "--force"]):
        quietly(["git", *command], project, environ)
    return {"whole": whole, **steps}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    main(parser.parse_args().rounds)
