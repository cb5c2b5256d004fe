"""The machine on which Copier makes projects, and the commands that tests give it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PIN = "iniconfig==2.0.0"  # old, so that its arrival proves the pins


def sh(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that has to succeed and return what it wrote."""
    run = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def commit(repository: Path, message: str, tag: str = "") -> None:
    """Commit everything, as nobody in particular."""
    sh("git", "add", "--all", cwd=repository)
    nobody = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.com")
    sh("git", *nobody, "commit", "--quiet", "--message", message, cwd=repository)
    if tag:
        sh("git", "tag", tag, cwd=repository)


def edit(repository: Path, path: str, old: str, new: str, tag: str = "") -> None:
    """Commit a file in which one text is another."""
    changed = repository / path
    text = changed.read_text(encoding="utf-8")
    assert old in text
    changed.write_text(text.replace(old, new), encoding="utf-8")
    commit(repository, "edited", tag)


@dataclass
class Machine:
    """A computer with git and uv, a template, and a folder to work in."""

    home: Path
    template: Path
    environment: dict[str, str] = field(init=False)
    going_on: list[subprocess.Popen[bytes]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Give it the environment of these tests, as a user would have it."""
        self.home.mkdir()
        temporary = self.home.parent / "tmp"
        temporary.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        # The tests' own environment brings uv; a user has it on the path.
        path = os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]])
        runs = str(self.home.parent / "runs")
        self.environment = {**kept, "PATH": path, "RUNS": runs, "TMPDIR": str(temporary)}

    def command(self, *arguments: str | Path) -> list[str]:
        """Return a call of Copier."""
        return [sys.executable, "-m", "copier", *map(str, arguments)]

    def copy(
        self, destination: str | Path, *flags: str, **answers: str
    ) -> subprocess.CompletedProcess[str]:
        """Make a project and return how Copier ended."""
        return self.run(self.command(*self.copying(destination, *flags, **answers)))

    def copying(self, destination: str | Path, *flags: str, **answers: str) -> list[str]:
        """Return the arguments that make a project."""
        data = [part for name, value in answers.items() for part in ("-d", f"{name}={value}")]
        return [
            "copy",
            "--trust",
            "--defaults",
            *flags,
            *data,
            str(self.template),
            str(destination),
        ]

    def update(self, project: Path, *flags: str) -> subprocess.CompletedProcess[str]:
        """Update a project and return how Copier ended."""
        return self.run(self.command("update", "--trust", "--defaults", *flags), cwd=project)

    def run(self, command: list[str], cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command; its two streams come as one text."""
        where = cwd or self.home
        return subprocess.run(
            command,
            cwd=where,
            env={**self.environment, "PWD": str(where)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def without(self, *programs: str) -> None:
        """Take programs off the path."""
        folder = self.home.parent / "bin"
        folder.mkdir()
        for place in self.environment["PATH"].split(os.pathsep):
            for found in Path(place).glob("*"):
                link = folder / found.name
                if found.name not in programs and not link.is_symlink():
                    link.symlink_to(found)
        self.environment["PATH"] = str(folder)

    def own_template(self) -> Machine:
        """Work with a template of its own, which may get a later version."""
        own = self.home.parent / "template"
        shutil.copytree(self.template, own)
        self.template = own
        return self

    def release(self, path: str, old: str, new: str) -> None:
        """Tag a later version of the template in which one text is another."""
        edit(self.template, path, old, new, tag="v1.1.0")

    def project(self, **answers: str) -> Path:
        """Make and commit a project, whose suite has not run yet."""
        path = self.home / "app"
        done = self.copy(path, "--skip-tasks", **answers)
        assert done.returncode == 0, done.stdout
        sh("git", "init", "--quiet", cwd=path)
        commit(path, "mine")
        return path

    @property
    def runs(self) -> int:
        """How often a generated suite has run."""
        path = Path(self.environment["RUNS"])
        return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0
