"""The type of field that the guide adds is a type as any other."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tests.support.checks import assert_none, complaints
from tests.support.paths import ROOT
from tests.support.rendering import render
from tests.support.suite import run_suite
from tests.support.tools import lint_complaints

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = (
    "{paint: {name: str(40), shade: color, edge: color?, mark: color!, frame: 'color=#0a7f3c'}}"
)


def test_a_type_is_one_file(snapshot: Path, tmp_path: Path, python: Path) -> None:
    """With the guide's file beside the others a project has colours, and its suite is green."""
    guide = (ROOT / "docs" / "resources.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```yaml\n(.+?)```", guide, re.DOTALL)
    template = shutil.copytree(snapshot, tmp_path / "template")
    (template / "includes" / "fields" / "color.yml").write_text(written, encoding="utf-8")

    project = render(template, tmp_path / "project", {"resources": ANSWER})

    assert_none([*complaints(project), *lint_complaints(python, project)])
    form = (project / "app/paints/forms.py").read_text(encoding="utf-8")
    assert 'shade = ColorField("Shade", [' in form
    run_suite(python, project).assert_green(at_least=40)
