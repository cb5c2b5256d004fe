"""What was read from a database, as one would write it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import INTEGER, VARCHAR, Column, Integer, String, Text

CASTS = re.compile(r"::(character varying|text|integer|numeric|double precision)(\[\])?")


def affinity(kind: Any) -> Any:
    """Return what kind of values a type has."""
    return kind._type_affinity  # noqa: SLF001 - SQLAlchemy has no public name for it


def plain_type(kind: Any) -> Any:
    """Return a type that was read from a database as one would write it."""
    if isinstance(kind, INTEGER):
        return Integer()
    if isinstance(kind, VARCHAR):
        return String(kind.length)
    return kind


def plain_rule(rule: str) -> str:
    """Return a rule that was read from a database as one would write it."""
    words = CASTS.sub("", rule)
    words = re.sub(r"`(\w+)`", r"\1", words)
    words = re.sub(r"'(-?[0-9.]+)'(?= AND |\)|$)", r"\1", words)
    return re.sub(r"^\(?(\w+)\)? = ANY \(\(?ARRAY\[(.*)\]\)?\)$", r"\1 IN (\2)", words)


def length(kind: Any) -> int:
    """Return how long a text of a type can be, 0 if nothing limits it."""
    limited = isinstance(kind, String) and not isinstance(kind, Text)
    return (kind.length or 0) if limited else 0


def plain_column(column: Column[Any]) -> None:
    """Make a column that was read one that is written."""
    column.type = plain_type(column.type)
    column.autoincrement = "auto"
