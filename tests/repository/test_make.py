"""The commands of the Makefile, as a newcomer types them in a clean clone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import make_clone, texts
from tests.support.paths import ROOT
from tests.support.terminal import ENTER, terminal
from tests.support.tools import clean_environ

QUICKLY = "--defaults --skip-tasks"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clean clone, in a folder with a space in its name."""
    return make_clone(tmp_path_factory.mktemp("a newcomer's") / "ever green")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """Return the environment of somebody who has an empty home and plain tools."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    environ = clean_environ(HOME=str(tmp_path), XDG_CACHE_HOME=cache)
    # The make that runs these tests is not the user's.
    environ = {k: v for k, v in environ.items() if k not in {"CALLER", "MAKEFLAGS", "MAKELEVEL"}}
    own = str(Path(sys.executable).parent)
    return {**environ, "PATH": os.pathsep.join(p for p in path_entries() if p != own)}


def path_entries() -> list[str]:
    """List the folders in which commands are looked up."""
    return os.environ["PATH"].split(os.pathsep)


def make(folder: Path, environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder."""
    return subprocess.run(
        ["make", f"PYTHON={base_python()}", *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def base_python() -> str:
    """Return the interpreter that a user would have, not one of an environment."""
    return str(Path(sys.executable).resolve())


@pytest.mark.quick
def test_help_lists_every_command() -> None:
    """`make` alone says what there is."""
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = re.search(r"^\.PHONY: (.+)$", texts()["Makefile"], re.MULTILINE)
    assert commands is not None
    assert re.findall(r"^  make (\w+)", shown, re.MULTILINE) == commands[1].split()


def test_new_without_a_place(clone: Path, home: dict[str, str]) -> None:
    """It says what is missing, in one line, before it installs anything."""
    result = make(clone, home, "new")
    assert result.returncode
    assert "Say where: make new DEST=../my-app" in result.stderr
    assert not (clone / ".venv").exists()


def test_new_goes_where_it_is_told(clone: Path, home: dict[str, str]) -> None:
    """A path with spaces, beside the caller; the answers reach Copier whole."""
    answers = f"{QUICKLY} -d project_name='Ann and Bob' -d database=mysql"
    result = make(clone, home, "new", "DEST=../my app", f"ANSWERS={answers}")
    assert result.returncode == 0, result.stderr
    stored = (clone.parent / "my app" / ".copier-answers.yml").read_text(encoding="utf-8")
    assert "project_name: Ann and Bob" in stored
    assert "database: mysql" in stored
    assert f"_src_path: {clone}" in stored
    assert re.search(r"^_commit: '?\w{7,}", stored, re.MULTILINE)


def test_new_from_another_folder(clone: Path, home: dict[str, str]) -> None:
    """`make -C` means a folder beside the caller."""
    caller = Path(home["HOME"])
    environ = {**home, "PWD": str(caller)}
    result = make(caller, environ, "-C", str(clone), "new", "DEST=shop", f"ANSWERS={QUICKLY}")
    assert result.returncode == 0, result.stderr
    assert (caller / "shop" / ".copier-answers.yml").exists()


def test_new_from_another_make(clone: Path, home: dict[str, str]) -> None:
    """A make that another one runs knows nothing of the folder in which that was called."""
    environ = {**home, "MAKELEVEL": "1", "PWD": home["HOME"]}
    result = make(clone, environ, "new", "DEST=../inner", f"ANSWERS={QUICKLY}")
    assert result.returncode == 0, result.stderr
    assert (clone.parent / "inner" / ".copier-answers.yml").exists()


def test_new_asks(clone: Path, home: dict[str, str]) -> None:
    """At a terminal the questions come up and take answers."""
    command = ["make", f"PYTHON={base_python()}", "new", "DEST=../asked", "ANSWERS=--skip-tasks"]
    with terminal(command, clone, home) as screen:
        screen.wait_for("What is the project called?")
        screen.type(" indeed" + ENTER)
        screen.wait_for("Describe it in one sentence.")
        screen.type("\x03")
        assert screen.finish() != 0
        assert "My Flask app indeed" in screen.text
    assert not (clone.parent / "asked").exists()


def test_new_without_uv(tmp_path: Path, home: dict[str, str]) -> None:
    """Python, git and make are enough."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("git", "make", "sh", "bash", "env", "ls", "sed"):
        (tools / name).symlink_to(shutil.which(name) or name)
    clone = make_clone(tmp_path / "clone")
    environ = {**home, "PATH": str(tools)}
    result = make(clone, environ, "new", "DEST=../app", f"ANSWERS={QUICKLY}")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "app" / "pyproject.toml").exists()
