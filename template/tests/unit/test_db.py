"""Moments in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from app.db import UTCDateTime

DIALECT = sqlite.dialect()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("moment", [NOON, NOON.astimezone(timezone(timedelta(hours=9))), None])
def test_a_moment_is_stored_in_utc(moment: datetime | None) -> None:
    stored = UTCDateTime().process_bind_param(moment, DIALECT)

    assert stored == moment
    assert stored is None or stored.tzinfo is UTC


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        UTCDateTime().process_bind_param(NOON.replace(tzinfo=None), DIALECT)


@pytest.mark.parametrize(
    "stored", [NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=9))), NOON]
)
def test_a_moment_comes_back_in_utc(stored: datetime) -> None:
    moment = UTCDateTime().process_result_value(stored, DIALECT)

    assert moment == NOON
    assert moment.tzinfo is UTC


def test_no_moment_comes_back_as_none() -> None:
    assert UTCDateTime().process_result_value(None, DIALECT) is None
