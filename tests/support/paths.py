"""Where things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "template"
CACHE = ROOT / ".cache"
CONSTRAINTS = ROOT / "constraints.txt"
