"""Files of a project that the template has moved, each from where it was to where it is."""

from __future__ import annotations

MOVES = {
    # 0.2.0
    "tests/unit/test_databases.py": "tests/unit/test_addresses.py",
}


def target(name: str) -> str:
    """Return where a file is now; one that has moved twice is followed."""
    while name in MOVES:
        name = MOVES[name]
    return name


def origins(name: str) -> list[str]:
    """Return where a file has been before."""
    return [old for old in MOVES if target(old) == name]
