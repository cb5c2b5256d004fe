"""The template's own workflow is safe and valid."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.support.checkout import texts
from tests.support.paths import ROOT

pytestmark = pytest.mark.quick

WORKFLOW = ".github/workflows/ci.yml"
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


@pytest.mark.parametrize(
    "command",
    [
        ("zizmor", "--offline", "--no-progress", ".github"),
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW),
        ("check-jsonschema", "--builtin-schema", "vendor.dependabot", ".github/dependabot.yml"),
    ],
    ids=["zizmor", "workflow schema", "dependabot schema"],
)
def test_checker_finds_nothing(command: tuple[str, ...]) -> None:
    """Auditor and schemas have nothing to say."""
    result = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_actions_are_pinned_by_commit() -> None:
    """A tag can be moved; the comment says which version the commit is."""
    used = re.findall(r"uses: (.+)", texts()[WORKFLOW])
    assert used
    assert [action for action in used if not PINNED.fullmatch(action)] == []


def test_nothing_is_permitted_that_is_not_needed() -> None:
    """No permission at the top, reading at most in a job, a limit of time on each."""
    workflow = yaml.safe_load(texts()[WORKFLOW])
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert set(job["permissions"].items()) <= {("contents", "read")}
        assert job["timeout-minutes"] <= 60
