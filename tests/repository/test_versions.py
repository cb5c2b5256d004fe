"""The tested versions are whole, and name nothing but versions."""

from __future__ import annotations

import re
import tomllib

import pytest
from bootstrap import requirements as tool_requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from versions import GROUPS

from tests.support.checkout import texts
from tests.support.environments import all_requirements
from tests.support.paths import ROOT

pytestmark = pytest.mark.quick

LINE = re.compile(r"#.*|[a-z0-9-]+==[\w.!+]+( ; .+)?")
FILES = ("constraints.txt", ".ci/constraints.txt")


def pins(file: str) -> dict[str, list[str]]:
    """Map each pinned name to its versions: markers may give it more than one."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, version = line.partition(";")[0].split("==")
            found.setdefault(canonicalize_name(name), []).append(version.strip())
    return found


@pytest.mark.parametrize("file", FILES)
def test_only_pins(file: str) -> None:
    """No address, no option, no hash: pip and uv read the same file."""
    assert [line for line in texts()[file].splitlines() if not LINE.fullmatch(line)] == []


def test_whatever_an_app_needs_is_pinned() -> None:
    """Every requirement of every project has a tested version that it accepts."""
    assert unmet(all_requirements(), pins("constraints.txt")) == []


def test_the_tools_of_the_template_are_pinned() -> None:
    """So that its tests mean the same tomorrow."""
    wanted = {each for group in GROUPS for each in tool_requirements(group)}
    assert unmet(wanted, pins(".ci/constraints.txt")) == []


def test_linter_and_type_checker_are_those_of_the_apps() -> None:
    """The template's own Python is held to the same tools."""
    apps, tools = pins("constraints.txt"), pins(".ci/constraints.txt")
    assert {name: apps[name] for name in ("mypy", "pytest", "ruff")} == {
        name: tools[name] for name in ("mypy", "pytest", "ruff")
    }


def test_supported_pythons_agree() -> None:
    """The oldest Python that may be asked for is the oldest that the template itself runs on."""
    oldest = tomllib.loads(texts()["pyproject.toml"])["project"]["requires-python"]
    assert oldest == ">=3.11"


def unmet(wanted: set[str], pinned: dict[str, list[str]]) -> list[str]:
    """List the requirements without a pin that they accept."""
    parsed = [Requirement(text) for text in sorted(wanted)]
    return [
        str(requirement)
        for requirement in parsed
        if not any(
            map(requirement.specifier.contains, pinned.get(canonicalize_name(requirement.name), []))
        )
    ]
