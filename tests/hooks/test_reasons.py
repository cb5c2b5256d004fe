"""Why a tool failed, in one plain line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools import reason

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            "error: Failed to fetch: `x`\n  cause: invalid peer certificate: UnknownIssuer",
            "the packages could not be fetched: a certificate on the way is not trusted",
        ),
        (
            "error: Failed to fetch: `x`\n  cause: dns error: failed to lookup address",
            "the packages could not be fetched: no network, and not all are in the cache",
        ),
        ("warning: old\nerror: the disk is full.", "error: the disk is full"),
        ("", "the environment could not be made"),
    ],
)
def test_a_reason_is_one_plain_line(tmp_path: Path, said: str, line: str) -> None:
    """What the tools said is in the log; the message says what it means."""
    assert reason(said, tmp_path) == line
