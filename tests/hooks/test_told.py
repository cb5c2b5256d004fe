"""The table of bad days is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hooks.told import days


@pytest.mark.quick
def test_every_bad_day_of_the_document_is_tried() -> None:
    """A line that no test holds against Copier would soon be wrong."""
    tests = Path(__file__).parents[1]
    texts = [path.read_text(encoding="utf-8") for path in tests.glob("[hu]*/test_*.py")]

    assert days()
    assert [day for day in days() if not any(f'"{day}"' in text for text in texts)] == []
