"""Moments in forms: a browser sends them without a time zone."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from wtforms.validators import StopValidation

if TYPE_CHECKING:
    from datetime import datetime

    from wtforms import Field, Form


def in_utc(moment: datetime | None) -> datetime | None:
    """Return a moment with the time zone that a browser leaves out."""
    return moment and moment.replace(tzinfo=UTC)


class Between:
    """Refuses a moment before the first, or after the last, that may be."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first = first
        self.last = last

    def __call__(self, form: Form, field: Field) -> None:  # noqa: ARG002
        """Raise StopValidation if the moment is not between the two."""
        moment = in_utc(field.data)
        if moment and not self.first <= moment <= self.last:
            raise StopValidation(f"Must be from {self.first:%d %B %Y} to {self.last:%d %B %Y}.")
