"""A tiny template with the real hooks, and a machine that has git and uv."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.hooks.machine import PIN, Machine, commit, sh
from tests.support.checkout import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
HOOK_KEYS = (
    "_subdirectory",
    "_templates_suffix",
    "_answers_file",
    "_envops",
    "_tasks",
    "_migrations",
)
QUESTIONS = {
    "database": {"type": "str", "default": "sqlite"},
    "python": {"type": "str", "default": "3.11"},
    "suite": {"type": "str", "default": "green", "choices": ["green", "red", "slow", "serverless"]},
    "extra": {"type": "bool", "default": False},
}
FILES = {
    "[= _copier_conf.answers_file =].jinja": "[= _copier_answers | to_nice_yaml -=]\n",
    ".gitignore": ".venv/\n__pycache__/\n.pytest_cache/\nvalidation.log\nuv.lock\n",
    "pyproject.toml.jinja": """\
        [project]
        name = "tiny"
        version = "0.1.0"
        requires-python = ">=[= python =]"

        [dependency-groups]
        dev = [{ include-group = "test" }]
        test = ["pytest>=8"]

        [tool.uv]
        package = false

        [tool.pytest.ini_options]
        testpaths = ["tests"]
        addopts = ["-q", "-p", "no:cacheprovider"]
        """,
    "notes.txt": "first\n\nmiddle\n\nlast\n",
    "app/__init__.py": "",
    "app/[% if extra %]extra[% endif %]/one.txt": "one\n",
    "app/[% if extra %]extra[% endif %]/two.txt": "two\n",
    "app/[% if extra %]extra[% endif %]/three spaced ü.txt": "three\n",
    "migrations/versions/[% if extra %]0001_extra.py[% endif %]": "",
    "tests/conftest.py.jinja": """\
        import os
        import pathlib
        import pytest

        with pathlib.Path(os.environ["RUNS"]).open("a") as runs:
            runs.write("run\\n")
        [% if suite == 'serverless' %]

        def pytest_sessionstart(session):
            pytest.exit("No test database: start a server or set TEST_DATABASE_URL.", returncode=4)
        [% endif %]
        """,
    "tests/test_app.py.jinja": """\
        import os
        import pathlib
        import time

        import pytest

        @pytest.fixture
        def server():
            marks = pathlib.Path(os.environ["RUNS"]).parent
            (marks / "hook.pid").write_text(str(os.getppid()))
            yield
            (marks / "torn-down").touch()

        def test_one():
            assert True

        @pytest.mark.parametrize("value", range(2))
        def test_two(value):
            assert "[= suite =]" != "red"

        def test_three(server):
            time.sleep(60 if "[= suite =]" == "slow" else 0)
        """,
}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a tagged template whose projects have one dependency and four tests."""
    template = tmp_path_factory.mktemp("tiny") / "template"
    shutil.copytree(
        ROOT / "hooks", template / "hooks", ignore=shutil.ignore_patterns("__pycache__")
    )
    real = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))
    settings = {key: real[key] for key in HOOK_KEYS} | QUESTIONS
    (template / "copier.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (template / "constraints.txt").write_text(f"# tested\n{PIN}\n", encoding="utf-8")
    for name, text in FILES.items():
        path = template / "template" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    sh("git", "init", "--quiet", cwd=template)
    commit(template, "first", tag="v1.0.0")
    return template


@pytest.fixture
def machine(tmp_path: Path, tiny: Path) -> Iterator[Machine]:
    """Return a machine with git and uv, in an empty folder; what a red test left there ends."""
    machine = Machine(tmp_path / "work", tiny)
    yield machine
    for process in machine.going_on:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def own_template(machine: Machine) -> None:
    """Give the machine a template of its own, and an identity to commit with."""
    machine.environment |= IDENTITY
    machine.own_template()
