"""Updates of a project that its owner has edited: what they take beyond the suite, part by part."""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measuring import ROOT, quietly, row, timed

from tests.support.checkout import IDENTITY, make_clone
from tests.support.machine import uv

COPIER = Path(sys.executable).with_name("copier")
PATHS = [str(COPIER.parent), str(Path(uv()).parent), os.environ["PATH"]]
ENVIRON = {"PATH": os.pathsep.join(PATHS), **IDENTITY}
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
FIX = (
    "template/app/__init__.py.jinja",
    "template/gunicorn.conf.py",
    "template/app/static/style.css",
)
FIXED = {".py": "# Fixed.\n", ".jinja": "# Fixed.\n", ".css": "\n.fixed { color: inherit; }\n"}
UPDATE: dict[str, list[str | Path]] = {
    "a fix": [COPIER, "update", "--trust", "--defaults", "--quiet"],
    "a resource": [sys.executable, "resources.py", "add", "author", "name:str:100", "born:date?"],
}
STEP = re.compile(r"(?m)^  \S (environment|migration|suite) .* ([0-9.]+) s$")
WHOLE = re.compile(r"Updated and validated in ([0-9.]+) s")
MARKER = "copier-update"  # what hooks/watch.py watches
EDIT = "\n.mine { color: inherit; }\n"
TARGET = 4.0


@dataclass
class Project:
    """A project of a state of the template, and what its updates took."""

    folder: Path
    template: Path
    times: dict[str, list[float]]

    def update(self, command: list[str | Path]) -> None:
        """Update it once, note each part, and take it back."""
        said = ""

        def update() -> None:
            nonlocal said
            said = quietly(command, self.folder, ENVIRON)

        whole = timed(update)
        keep = timed(lambda: self.hook("keep.py"))
        self.reset()
        preflight = timed(lambda: self.hook("preflight.py"))
        hook = WHOLE.search(said)
        if not hook:
            sys.exit(f"the suite did not run, or is red:\n{said}")
        steps = {name: float(seconds) for name, seconds in STEP.findall(said)}
        found = {
            "whole": whole,
            "Copier": whole - preflight - keep - float(hook[1]),
            "preflight": preflight,
            "keep": keep,
            **steps,
            "whole - suite": whole - steps["suite"],
        }
        for name, seconds in found.items():
            self.times.setdefault(name, []).append(seconds)

    def hook(self, name: str) -> None:
        """Run one of the smaller hooks, and end what it leaves to watch for the rest."""
        # No pipe: the watcher that the preflight starts would hold its other end.
        subprocess.run(
            [sys.executable, self.template / "hooks" / name],
            check=True,
            cwd=self.folder,
            env=os.environ | ENVIRON,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        (self.folder / ".git" / MARKER).unlink(missing_ok=True)

    def reset(self) -> None:
        """Take an update back."""
        if EDIT not in (self.folder / "app/static/style.css").read_text(encoding="utf-8"):
            sys.exit("the edit is lost")
        for command in (["reset", "--quiet", "--hard"], ["clean", "--quiet", "-d", "--force"]):
            quietly(["git", *command], self.folder, ENVIRON)


def main(rounds: int, kinds: list[str], against: str) -> None:
    """Update again and again, two states of the template in turn if another one is named."""
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            states = {"now": project(Path(folder) / "now", kind, "")}
            if against:
                states[against] = project(Path(folder) / "against", kind, against)
            for _ in range(rounds + 1):
                for each in states.values():
                    each.update(UPDATE[kind])
        print(f"An update with {kind}, its project edited, median of {rounds} after a first one:")
        for name, each in states.items():
            report(name, each.times)


def report(state: str, times: dict[str, list[float]]) -> None:
    """Print the parts; the migration goes on beside the suite where no model changes."""
    print(f" {state}")
    for name, found in times.items():
        row(name, found[1:])
    beyond = statistics.median(times["whole - suite"][1:])
    print(f"  {'asked':24} {TARGET:6.2f} s   at most{'' if beyond <= TARGET else ', missed'}")


def project(folder: Path, kind: str, commit: str) -> Project:
    """Make a project of a state of the template, edit and commit it, and release a fix if asked."""
    folder.mkdir()
    template = state(folder / "template", commit)
    path = folder / "my-app"
    answers = ("--data", f"resources={json.dumps(BOOKS)}") if kind == "a resource" else ()
    quietly(
        [COPIER, "copy", "--trust", "--defaults", "--quiet", *answers, template, path],
        folder,
        ENVIRON,
    )
    style = path / "app/static/style.css"
    style.write_text(
        style.read_text(encoding="utf-8").replace("\n", f"\n{EDIT}", 1), encoding="utf-8"
    )
    committed(path)
    if kind == "a fix":
        for name in FIX:
            fixed = template / name
            text = fixed.read_text(encoding="utf-8")
            fixed.write_text(text + FIXED[fixed.suffix], encoding="utf-8")
        committed(template, "v2.0.0")
    return Project(path, template, {})


def state(template: Path, commit: str) -> Path:
    """Return a repository of the template as it is, or as it was, packed as a clone is."""
    if commit:
        quietly(["git", "clone", "--quiet", ROOT, template], template.parent, ENVIRON)
        quietly(["git", "checkout", "--quiet", commit], template, ENVIRON)
    else:
        make_clone(template)
    quietly(["git", "tag", "v1.0.0"], template, ENVIRON)
    quietly(["git", "gc", "--quiet"], template, ENVIRON)
    return template


def committed(folder: Path, tag: str = "") -> None:
    """Commit everything."""
    commands = [["add", "--all"], ["commit", "--quiet", "--message", "Mine"]]
    for command in [*commands, *([["tag", tag]] if tag else [])]:
        quietly(["git", *command], folder, ENVIRON)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--kind", choices=UPDATE, action="append", help="a fix, a resource, or both"
    )
    parser.add_argument("--against", default="", help="a commit to measure in turn")
    options = parser.parse_args()
    main(options.rounds, options.kind or [*UPDATE], options.against)
