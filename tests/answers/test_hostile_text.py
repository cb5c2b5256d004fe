"""Text that is legal and nasty comes out of every file exactly as it was typed."""

from __future__ import annotations

import json
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support.checks import PARSERS, assert_none, complaints_of_file
from tests.support.rendering import render
from tests.support.tools import clean_environ, lint_complaints

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = {
    "double quotes": 'say "hi"',
    "single quotes": "it's",
    "all quotes": "\"'`´‘’“”«»",
    "three quotes": "\"\"\"'''",
    "backslash": "C:\\new\\table",
    "last backslash": "ends with \\",
    "emoji": "rocket 🚀 family",
    "combining": "e\u0301te\u0301",
    "other scripts": "日本語 العربية עברית",
    "jinja expression": "{{ 7*7 }}",
    "template expression": "[= 7*7 =]",
    "template statement": "[% if %]",
    "jinja statement": "{% raw %} {% endraw %}",
    "jinja comment": "a {# b #} c",
    "substitution": "$(touch pwned)",
    "backticks": "`touch pwned`",
    "variable": "$HOME ${HOME} %HOME%",
    "yaml map": "a: b",
    "yaml comment": "a #b",
    "yaml false": "no",
    "yaml null": "null",
    "yaml tilde": "~",
    "number": "123",
    "octal": "0o17",
    "date": "2026-01-01",
    "yaml anchor": "&a *a !a",
    "yaml block": "| >-",
    "brackets": "[1, 2] {3}",
    "tag": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)',
    "entity": "&amp; &lt;",
    "link": "[x](javascript:alert(1))",
    "markdown": "# *a* _b_ **c** ~~d~~ <!-- e --> |",
    "heading": "---",
    "format": "%s %(x)s {0} {x}",
    "expression": "${{ github.token }}",
    "semicolon": "a; rm -rf x && y | z > w",
    "hash bang": "#!/bin/sh",
    "at": "@everyone",
    "100 characters": "x" * 100,
    "100 quotes": '"' * 100,
}
# Prints the text settings of the app in each folder, one app after the other.
SETTINGS = """
import json, sys
for folder in sys.argv[1:]:
    for name in [name for name in sys.modules if name.partition(".")[0] in {"app", "alembic"}]:
        del sys.modules[name]
    sys.path.insert(0, folder)
    import app
    made = app.create_app("testing")
    print(json.dumps([value for value in made.config.values() if isinstance(value, str)]))
    sys.path.remove(folder)
"""


@pytest.fixture(scope="module")
def projects(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Map each nasty text to a project in which every free text is that one."""
    folder = tmp_path_factory.mktemp("hostile")
    return {
        text: render(
            snapshot,
            folder / str(number),
            {"project_name": text, "description": text, "author": text},
        )
        for number, text in enumerate(HOSTILE.values())
    }


def test_metadata_is_exact(projects: dict[str, Path]) -> None:
    """pyproject.toml and the answers file, parsed back, hold what was typed."""
    for text, project in projects.items():
        metadata = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
        assert metadata["project"]["description"] == text
        assert metadata["project"]["authors"][0]["name"] == text
        answers = yaml.safe_load((project / ".copier-answers.yml").read_text(encoding="utf-8"))
        assert [answers[name] for name in ("project_name", "description", "author")] == [text] * 3


def test_name_is_exact_in_the_app(projects: dict[str, Path], python: Path, tmp_path: Path) -> None:
    """The app's own configuration holds the name that was typed."""
    shown = subprocess.run(
        [python, "-W", "error", "-c", SETTINGS, *projects.values()],
        cwd=tmp_path,
        env=clean_environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    for text, line in zip(projects, shown.stdout.splitlines(), strict=True):
        assert text in json.loads(line)


def test_everything_still_parses(projects: dict[str, Path], python: Path) -> None:
    """No file breaks, and the Python is as the formatter writes it."""
    assert_none(
        f"{text!r}: {path.name}: {complaint}"
        for text, project in projects.items()
        for path in project.rglob("*")
        if path.suffix in PARSERS
        for complaint in complaints_of_file(path)
        if "tag left" not in complaint
    )
    assert_none(lint_complaints(python, next(iter(projects.values())).parent))


def test_workflows_hold_no_free_text(projects: dict[str, Path]) -> None:
    """Nothing that was typed reaches continuous integration: all of it is the same for all."""
    workflows = {
        tuple(path.read_text(encoding="utf-8") for path in sorted(project.glob(".github/**/*.yml")))
        for project in projects.values()
    }
    assert len(workflows) == 1
    assert all(workflows)
