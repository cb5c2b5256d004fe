"""Run the checks of this repository step by step: `make test`, `quick`, `exhaustive`, `attack`."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from bootstrap import ROOT, run_in_environment

# A change of the documentation alone draws no other sample.
RENDERED = ("template", "includes", "copier.yml")
PYTEST = ("pytest", "-q", "--no-header")
# The quickest to fail comes first; a folder of tests/ that is not named here runs last.
FOLDERS = {
    "repository": "the repository keeps its rules",
    "answers": "answers are refused or rendered exactly",
    "render": "every combination renders clean",
    "resources": "projects about anything are clean and green",
    "hooks": "the hook makes, validates and explains",
    "update": "an update keeps its owner's edits",
    "accounts": "accounts are protected as they are served",
    "workflow": "a project's own CI and containers work",
    "isolation": "results are the same in any order",
    "faults": "a suite goes red for each fault",
    "attack": "an attacker finds nothing",
    "suites": "every suite is green on its database",
}
LINT = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
}


@dataclass
class Run:
    """The steps done so far, each with its time and whether it passed."""

    results: list[tuple[str, float, bool]] = field(default_factory=list)

    def step(self, name: str, command: tuple[str, ...], number: str) -> None:
        """Do one step and note how it went."""
        print(f"\n[{number}] {name}", flush=True)
        start = time.monotonic()
        passed = subprocess.run([sys.executable, "-m", *command], check=False, cwd=ROOT).returncode
        seconds = time.monotonic() - start
        self.results.append((name, seconds, passed == 0))
        print(f"[{number}] {'passed' if passed == 0 else 'FAILED'} in {duration(seconds)}")

    def summary(self) -> bool:
        """Print what was done, and return whether all of it passed."""
        print("\nWhat was checked:")
        for name, seconds, passed in self.results:
            print(f"  {'passed' if passed else 'FAILED'}  {duration(seconds):>9}  {name}")
        total = sum(seconds for _, seconds, _ in self.results)
        print(f"  {'':6}  {duration(total):>9}  in all")
        return all(passed for _, _, passed in self.results)


def main(kind: str) -> None:
    """Do the steps of a kind, then say what could not be done on this machine."""
    run_in_environment("test")
    # One place for all bytecode: fresh projects share it, and the tree stays clean.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".cache" / "pycache"))
    seed = os.environ.setdefault("EVERGREEN_SEED", seed_of_commit())
    print(f"The seed of what is sampled: EVERGREEN_SEED={seed}")
    with tempfile.TemporaryDirectory() as folder:
        lacks = Path(folder) / "lacks"
        os.environ["EVERGREEN_LACKS"] = str(lacks)
        run = Run()
        todo = steps(kind)
        for number, (name, command) in enumerate(todo.items(), start=1):
            run.step(name, command, f"{number}/{len(todo)}")
        passed = run.summary()
        left_out = sorted(set(lacks.read_text().splitlines())) if lacks.exists() else []
    if left_out:
        print("\nLeft out, because")
        print("\n".join(f"  {reason}" for reason in left_out))
    sys.exit(not passed)


def seed_of_commit() -> str:
    """Return a seed that is another one for each state of what is rendered, the same anywhere."""
    done = subprocess.run(
        ["git", "ls-tree", "HEAD", *RENDERED], check=False, cwd=ROOT, capture_output=True
    )
    if done.returncode:
        return str(random.randrange(10**6))
    return str(zlib.crc32(done.stdout) % 10**6)


def steps(kind: str) -> dict[str, tuple[str, ...]]:
    """List the commands of a kind by the name of each step."""
    if kind == "quick":
        return {
            **LINT,
            "a sample of all": (*PYTEST, "-n", "auto", "-m", "quick", "tests/suites", "tests"),
        }
    if kind == "attack":
        return {FOLDERS["attack"]: (*PYTEST, "-n", "auto", "--dist", "worksteal", "tests/attack")}
    found = {path.parent.name for path in ROOT.glob("tests/*/test_*.py")}
    names = [name for name in FOLDERS if name in found] + sorted(found - set(FOLDERS))
    marker = ("-m", "not exhaustive") if kind == "test" else ()
    tests = {
        f"tests/{name}: {FOLDERS.get(name, 'its own tests')}": (
            *PYTEST, "-n", "auto", "--dist", "worksteal", *marker, f"tests/{name}"
        )
        for name in names
    }  # fmt: skip
    return LINT | tests


def duration(seconds: float) -> str:
    """Write a time for people."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


if __name__ == "__main__":
    main(sys.argv[1])
