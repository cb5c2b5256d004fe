"""What docs/hook.md tells of each bad day, held against what is seen."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tests.support.paths import ROOT

if TYPE_CHECKING:
    import subprocess

ROW = re.compile(r"^\| ([^|]+?) \| (0|1|130) \| (.+) \|$", re.MULTILINE)
QUOTED = re.compile(r"`` ?(.+?) ?``|`(.+?)`")
COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@cache
def days() -> dict[str, tuple[str, list[str]]]:
    """Map each bad day to its exit status and what is said, `…` for what differs."""
    text = (ROOT / "docs/hook.md").read_text(encoding="utf-8").partition("## Bad days")[2]
    return {
        day: (status, ["".join(words) for words in QUOTED.findall(said)])
        for day, status, said in ROW.findall(text)
    }


def assert_told(day: str, done: subprocess.CompletedProcess[str]) -> None:
    """Check that a bad day ends as the document tells, and says what it tells."""
    assert_said(day, done.returncode, done.stdout)


def assert_said(day: str, status: int, output: str) -> None:
    """Check an exit status and an output against the document."""
    told, messages = days()[day]
    assert messages
    said = COLOURS.sub("", output)
    assert str(status) == told, said
    for message in messages:
        pattern = ".*?".join(re.escape(part) for part in message.split("…"))
        assert re.search(pattern, said), f"{message!r} is not in:\n{said}"
