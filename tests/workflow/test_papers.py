"""What a project tells its owner is true, and so is our own reference of the answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.combinations import asked, choices, suites
from tests.support.paths import ROOT
from tests.support.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render

NASTY = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](z)",
    "`ls` **b** _i_ ~~s~~ ``",
    "# heading #",
    "- item",
    "+ item",
    "12) item",
    "1. item",
    "> quote | table",
    "---",
    "$HOME $(ls) {{ 7*7 }} {% if %}",
    "&amp; &#35; \\ \\* \\",
]
PLAIN = "Letters, numbers 1 & only; it's fine: a-b (c) d.e"
SPECIAL = set("\\`*_[]<>&#|~$")
LAYOUT = re.compile(r"```text\n(.+?)```", re.DOTALL)
SETTING = re.compile(r"^\| `([A-Z_]+)`", re.MULTILINE)
FIXTURE = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


@pytest.mark.parametrize("text", [*NASTY, PLAIN])
def test_text_is_shown_as_typed(render_project: Render, text: str) -> None:
    """Markdown makes nothing of it, and the licence holds it as it is."""
    project = render_project({"project_name": text, "description": text, "author": text})
    title, _, description, *_ = (project / "README.md").read_text("utf-8").splitlines()
    for line in (title.removeprefix("# "), description):
        assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line) == text
        assert not SPECIAL & set(re.sub(r"\\.", "", line))
    assert not re.match(r"[-+]|\d+[.)]", description)
    assert f"\nCopyright (c) {text}\n" in (project / "LICENSE").read_text("utf-8")


@pytest.mark.parametrize("license", [value for value, _ in choices("license")])
def test_licence(render_project: Render, license: str) -> None:  # noqa: A002
    """It is the whole text of the one that was chosen, or keeps all rights."""
    project = render_project({"license": license, "author": "Ann"})
    text = (project / "LICENSE").read_text("utf-8")
    words = {
        "MIT": "MIT License",
        "BSD-3-Clause": "BSD 3-Clause License",
        "Apache-2.0": "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "none": "All rights reserved.",
    }
    assert words[license] in text
    assert ("Copyright (c) Ann\n" in text) == (license != "Apache-2.0")
    assert not re.search(r"(?i)copyright.*\b20\d\d\b", text)


@pytest.fixture(scope="module")
def projects(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a project of every suite."""
    folder = tmp_path_factory.mktemp("papers")
    return {str(suite): render(snapshot, folder / str(suite), suite.data) for suite in suites()}


@pytest.fixture(params=[str(suite) for suite in suites()])
def project(request: pytest.FixtureRequest, projects: dict[str, Path]) -> Path:
    """Return one of them."""
    return projects[request.param]


def test_layout_is_there(project: Path) -> None:
    """README draws what there is, and leaves out no part of the app."""
    found = LAYOUT.search((project / "README.md").read_text("utf-8"))
    assert found
    drawn, folder = set(), ""
    for line in found[1].splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else name
        drawn.add(name if name == folder else folder + name)
    assert {name for name in drawn if not (project / name).exists()} == set()
    parts = {f"app/{path.name}{'/' * path.is_dir()}" for path in (project / "app").iterdir()}
    assert parts - drawn == set()


def test_fixtures_are_there(project: Path) -> None:
    """README names fixtures and factories that exist."""
    readme = (project / "README.md").read_text("utf-8")
    table = readme[readme.index("| name | is |") :].partition("\n\n")[0]
    names = {
        re.split(r"[.(]", name)[0]
        for cell in FIXTURE.findall(table)
        for name in re.findall(r"`([^`]+)`", cell)
    }
    code = "".join(path.read_text("utf-8") for path in (project / "tests").glob("*.py"))
    defined = set(re.findall(r"^(?:def|class) (\w+)", code, re.MULTILINE))
    assert {"app", "client", "db_session", "PostFactory"} <= names <= defined


def test_settings_are_read(project: Path) -> None:
    """README and .env.example name variables that something reads."""
    read = "".join(
        (project / name).read_text("utf-8")
        for name in ("app/config.py", "gunicorn.conf.py", "compose.yaml")
    )
    named = set(SETTING.findall((project / "README.md").read_text("utf-8")))
    example = (project / ".env.example").read_text("utf-8")
    named |= set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL"} <= named
    assert {name for name in named if not re.search(rf"\b{name}\b", read)} == set()


def test_reference_of_answers() -> None:
    """docs/answers.md lists each question with its values and its default."""
    text = (ROOT / "docs" / "answers.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|", text, re.MULTILINE))
    listed = {name for name in rows if name in asked()}
    assert listed == set(asked())
    for name, question in asked().items():
        values, default, _ = rows[name].split(" | ", 2)
        if "choices" in question or question["type"] == "bool":
            offered = [written(value) for value, _ in choices(name)]
            assert values == " ".join(f"`{value}`" for value in offered)
        if "[=" not in str(question["default"]):
            assert default.strip("`") == (written(question["default"]) or "empty")


def written(value: Any) -> str:
    """Write a value as a command line takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
