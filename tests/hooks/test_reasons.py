"""Why a tool failed, in one plain line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools import PROXIES, reason

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
        (
            "error: Failed to initialize cache at `/c`\n  cause: Permission denied (os error 13)",
            "/c may not be written",
        ),
        (
            "error: failed to write\n  cause: No space left on device (os error 28)",
            "the disk is full",
        ),
        ("warning: old\nerror: something else.", "error: something else"),
        ("", "the environment could not be made"),
    ],
)
def test_a_reason_is_one_plain_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, line: str
) -> None:
    """What the tools said is in the log; the message says what it means."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)

    assert reason(said, tmp_path) == line
