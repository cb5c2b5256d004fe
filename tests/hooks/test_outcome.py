"""What the last words tell to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from environment import Environment
from outcome import next_steps

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed_in", "command"),
    [("", "cd app"), ("template", "cd ../app"), ("app", None)],
)
def test_the_way_to_the_project_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed_in: str, command: str | None
) -> None:
    """It begins where the user has typed the command."""
    monkeypatch.setenv("PWD", str(tmp_path / typed_in))

    environment = Environment(tmp_path / "app" / ".venv", "uv", "uv run ")
    steps = [step for step, _ in next_steps(tmp_path / "app", environment, "sqlite")]

    assert (steps[0] if steps[0].startswith("cd") else None) == command
