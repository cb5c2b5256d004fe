"""A generated suite comes to the same under the oldest Flask it allows, and under the newest."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from tests.isolation.projects import some_of
from tests.support.environments import runtime_requirements
from tests.support.machine import uv
from tests.support.outcomes import PLUGINS
from tests.support.suite import say
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.outcomes import Suite

VERSION = "from importlib.metadata import version; print(version('flask'))"


def oldest(suite: Suite) -> str:
    """Return the oldest Flask that a project allows."""
    listed = map(Requirement, runtime_requirements(suite.project))
    (flask,) = (each for each in listed if each.name == "flask")
    (bound,) = flask.specifier
    assert bound.operator == ">="
    return bound.version


@pytest.mark.parametrize("wanted", some_of(["oldest", "newest"], 1))
def test_flask(suite: Suite, wanted: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It lies over the tested versions; the newest one brings its own Werkzeug along."""
    exactly = ["--no-deps", f"flask=={oldest(suite)}"] if wanted == "oldest" else ["flask"]
    place = ["--target", str(tmp_path), "-p", str(suite.python)]
    subprocess.run([uv(), "pip", "install", "-q", "--no-config", *place, *exactly], check=True)
    path = os.pathsep.join([str(tmp_path), str(PLUGINS)])
    shown = subprocess.run(
        [suite.python, "-c", VERSION],
        env=clean_environ(PYTHONPATH=path),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert wanted == "newest" or shown == oldest(suite)
    say(request, f"the {wanted} Flask is {shown}")
    suite.assert_same(PYTHONPATH=path)
