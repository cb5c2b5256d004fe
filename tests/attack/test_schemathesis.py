"""Nothing that schemathesis thinks up finds a fault in the API of a project."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.attack.attacker import attack
from tests.attack.target import known_to, served
from tests.support.suite import say

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render

SEED = int(os.environ.get("EVERGREEN_SEED", "0"))
FEW, MANY = 3, 100
STRANGER = "stranger"
ATTACKS = [
    ({"interface": interface, "auth": "jwt" if interface == "api" else "both"}, role)
    for interface in ("api", "both")
    for role in (STRANGER, "user", "admin")
]


@pytest.mark.parametrize(
    "examples", [FEW, pytest.param(MANY, marks=pytest.mark.exhaustive)], ids="{}-examples".format
)
@pytest.mark.parametrize(("answers", "role"), ATTACKS, ids=str)
def test_nothing_is_found(
    answers: dict[str, str],
    role: str,
    examples: int,
    render_project: Render,
    python: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """A stranger comes from one place, who has a login from many; all checks in all phases."""
    project = render_project(answers)
    with served(python, project) as target:
        known = None if role == STRANGER else known_to(python, project, role)
        outcome = attack(target, tmp_path, examples=examples, seed=SEED, known=known)
        errors = target.errors()
    assert outcome.status == 0, outcome.failures
    assert errors == []
    assert outcome.cases > 100
    # Only an administrator may call everything.
    assert ("Authentication failed" in outcome.output) is (role != "admin")
    say(request, f"{answers['interface']}, {role}: {outcome.cases} cases, no failure")
