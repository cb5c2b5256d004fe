"""Print what a project and its dev group need; run by the project's own Python."""

import tomllib
from pathlib import Path
from typing import Any


def group(groups: dict[str, list[Any]], name: str) -> list[str]:
    """Return the requirements of a dependency group, those it includes too."""
    found: list[str] = []
    for entry in groups.get(name, []):
        found += [entry] if isinstance(entry, str) else group(groups, entry["include-group"])
    return found


def main() -> None:
    """Print one requirement a line."""
    document = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    needed = document["project"].get("dependencies", [])
    print("\n".join([*needed, *group(document.get("dependency-groups", {}), "dev")]))


if __name__ == "__main__":
    main()
