"""Refresh the tested versions: those of the apps, and those of the template's own tools."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from bootstrap import CONSTRAINTS, ROOT, requirements, run_in_environment

if TYPE_CHECKING:
    from pathlib import Path

APPS = ROOT / "constraints.txt"
GROUPS = ("test", "attack", "mutation")


def main() -> None:
    """Resolve the newest versions for every platform and Python, and tell what changed."""
    run_in_environment("test")
    sys.path.insert(0, str(ROOT))
    from tests.support.environments import all_requirements  # noqa: PLC0415

    refresh(APPS, "The tested versions of everything that an app may need.", all_requirements())
    tools = [each for group in GROUPS for each in requirements(group)]
    refresh(CONSTRAINTS, "The tested versions of this template's own tools.", tools)


def refresh(target: Path, title: str, wanted: set[str] | list[str]) -> None:
    """Write the pins of some requirements to a file that a pip user can read too."""
    before = pins(target)
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--upgrade"),
        *("--universal", "--python-version", "3.11", "--no-header", "--no-annotate", "-"),
    ]
    resolved = subprocess.run(
        command, input="\n".join(sorted(wanted)), capture_output=True, text=True, check=False
    )
    if resolved.returncode:
        sys.exit(f"The versions could not be resolved:\n{resolved.stderr}")
    target.write_text(f"# {title} Made by `make versions`.\n{resolved.stdout}", encoding="utf-8")
    after = pins(target)
    print(f"{target.relative_to(ROOT)}: {len(after)} versions")
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            print(f"  {name}: {before.get(name, 'new')} -> {after.get(name, 'gone')}")


def pins(path: Path) -> dict[str, str]:
    """Read the pinned version of each name."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    parts = (line.split(";")[0].split("==") for line in lines if "==" in line)
    return {name.strip(): version.strip() for name, version in parts}


if __name__ == "__main__":
    main()
