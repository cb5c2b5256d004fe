"""What scanners say of a default project's code, and of the versions that it is tested with."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.machine import does_without
from tests.support.suite import say
from tests.support.toolboxes import toolbox
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render

SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"
# What is called a password and is none: ruff's S105, which each project has on, knows more of it.
SKIPPED = "B105"


def test_bandit(render_project: Render, request: pytest.FixtureRequest) -> None:
    """It finds nothing, however harmless."""
    project = render_project({})
    done = subprocess.run(
        [toolbox("attack") / "bandit", "-q", "-r", "app", "--skip", SKIPPED, "-f", "json"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert report["errors"] == []
    assert report["results"] == []
    lines = report["metrics"]["_totals"]["loc"]
    assert lines > 1000
    say(request, f"bandit: nothing in {lines} lines")


@pytest.mark.exhaustive  # it asks the internet, which must not decide whether a commit is good
def test_audit(python: Path, request: pytest.FixtureRequest) -> None:
    """No version that projects are tested with has a hole that is known."""
    shown = subprocess.run([python, "-c", SITE], capture_output=True, text=True, check=True)
    options = ("--path", shown.stdout.strip(), "--format", "json", "--progress-spinner", "off")
    done = subprocess.run(
        [toolbox("attack") / "pip-audit", *options],
        env=clean_environ(),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    audited = json.loads(done.stdout)["dependencies"] if done.stdout.startswith("{") else []
    unknown = [each["name"] for each in audited if "skip_reason" in each]
    if unknown or not audited:
        does_without(f"vulnerability service: {len(unknown)} packages are not audited")
    holes = [
        f"{each['name']} {each['version']}: {each['vulns']}" for each in audited if each["vulns"]
    ]
    assert holes == []
    say(request, f"pip-audit: {len(audited)} packages, no hole known")
