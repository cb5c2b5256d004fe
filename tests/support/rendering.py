"""Rendering in this process: the same result as `copier copy`, in a fraction of the time."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import copier
from copier._jinja_ext import SandboxedEnvironment
from copier._template import load_template_config

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from types import CodeType

PARTS = ("copier.yml", "template", "includes", "hooks", "constraints.txt")
SECONDS = count(int(time.time()))
ORIGINAL = SandboxedEnvironment.compile
READ = load_template_config


def take_snapshot(folder: Path) -> Path:
    """Copy what Copier reads of this template, without its repository."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / part)
    return folder


def render(snapshot: Path, destination: Path, answers: Mapping[str, Any]) -> Path:
    """Render a project, without tasks, from a snapshot into a folder."""
    with quickly():
        copier.run_copy(
            str(snapshot),
            destination,
            data=dict(answers),
            defaults=True,
            unsafe=True,
            skip_tasks=True,
            quiet=True,
        )
    return destination


@contextmanager
def quickly() -> Iterator[None]:
    """Let Copier read and compile nothing twice, and not ask git about a snapshot or its files."""
    with (
        patch.object(SandboxedEnvironment, "compile", compile_once),
        patch("copier._template.load_template_config", read_once),
        patch("copier._main.is_git_available", lambda: False),
        patch("copier._vcs.is_git_bundle", lambda _: False),
    ):
        yield


def synchronise(source: Path, target: Path) -> None:
    """Make a folder equal to another, touching only the files that differ.

    Each time is a second of its own: mypy takes files of one size and one second for the same.
    """
    second = next(SECONDS)
    kept = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for path in [*target.rglob("*")]:
        if path.is_file() and path.relative_to(target) not in kept:
            path.unlink()
    for name in kept:
        ours, theirs = source / name, target / name
        if not theirs.exists() or theirs.read_bytes() != ours.read_bytes():
            theirs.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ours, theirs)
            os.utime(theirs, (second, second))


def read_once(path: Path, *_: Any) -> Any:
    """Read a copier.yml, or reuse what was read in an equal one."""
    return deepcopy(questions_in(path, path.read_bytes()))


@cache
def questions_in(path: Path, _content: bytes) -> Any:
    """Read a copier.yml whose content is known to have changed, or not."""
    return READ(path)


def compile_once(environment: SandboxedEnvironment, source: str, *rest: Any, **named: Any) -> Any:
    """Compile a Jinja source, or reuse what it was compiled to for an earlier project."""
    # Copier learns from this step of parsing that a path has no `yield` any more.
    environment.preprocess("")
    return compiled(Options(environment), source, rest, tuple(sorted(named.items())))


class Options:
    """An environment, equal to any other that compiles alike."""

    def __init__(self, environment: SandboxedEnvironment) -> None:
        self.environment = environment
        self.key = (
            environment.trim_blocks,
            environment.lstrip_blocks,
            environment.keep_trailing_newline,
            tuple(environment.extensions),
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether both compile alike."""
        return isinstance(other, Options) and self.key == other.key

    def __hash__(self) -> int:
        """Hash what decides the result."""
        return hash(self.key)


@cache
def compiled(options: Options, source: str, rest: Any, named: Any) -> CodeType | str:
    """Compile one Jinja source."""
    result: CodeType | str = ORIGINAL(options.environment, source, *rest, **dict(named))
    return result
