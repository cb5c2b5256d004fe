"""Schemathesis, let loose on a project that is served."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.toolboxes import toolbox
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from tests.attack.target import Target

HOOKS = Path(__file__).with_name("hooks.py")
SETTINGS = Path(__file__).with_name("schemathesis.toml")
DOCUMENT = "/api/v1/openapi.json"
# A NUL is text of JSON and of no database: the API refuses it, and each project tests that itself.
CONFIGURED = (
    *("--config-file", str(SETTINGS), "run"),
    *("--checks", "all", "--continue-on-failure", "--no-color"),
    *("--generation-database", "none", "--generation-allow-x00", "false"),
)
CASES = re.compile(r"(\d+) generated")
LIMIT = 1200


@dataclass(frozen=True)
class Outcome:
    """What an attack came to."""

    status: int
    output: str

    @property
    def cases(self) -> int:
        """How many requests were thought up."""
        found = CASES.search(self.output)
        return int(found[1]) if found else 0

    @property
    def failures(self) -> str:
        """What was found, as schemathesis tells it."""
        return self.output[self.output.find("= FAILURES") :][-12_000:]


def attack(
    target: Target, folder: Path, *, examples: int, seed: int, known: Path | None = None
) -> Outcome:
    """Try every operation of a target with all checks, as who knows something or as a stranger."""
    hooks = {"SCHEMATHESIS_HOOKS": str(HOOKS), **({"ATTACK_KNOWN": str(known)} if known else {})}
    budget = ("--max-examples", str(examples), "--seed", str(seed))
    done = subprocess.run(
        [toolbox("attack") / "schemathesis", *CONFIGURED, f"{target.url}{DOCUMENT}", *budget],
        cwd=folder,
        env=clean_environ(**hooks),
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT,
    )
    return Outcome(done.returncode, done.stdout + done.stderr)
