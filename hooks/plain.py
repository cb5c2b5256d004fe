"""What was read from a database, as one would write it."""

from __future__ import annotations

import re
from typing import Any

from alembic.operations import ops
from app.db import UTCDateTime
from sqlalchemy import (
    BIGINT,
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    INTEGER,
    NUMERIC,
    TEXT,
    VARCHAR,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.sql.naming import conv

CASTS = re.compile(r"::(character varying|text|integer|numeric|double precision)(\[\])?")
PLAIN: dict[type[Any], type[Any]] = {
    BIGINT: BigInteger,
    BOOLEAN: Boolean,
    DATE: Date,
    Double: Double,
    INTEGER: Integer,
    TEXT: Text,
}


def affinity(kind: Any) -> Any:
    """Return what kind of values a type has."""
    return kind._type_affinity  # noqa: SLF001 - SQLAlchemy has no public name for it


def plain_type(kind: Any) -> Any:
    """Return a type that was read from a database as one would write it for any."""
    if isinstance(kind, mysql.TINYINT) and kind.display_width == 1:
        return Boolean()
    if isinstance(kind, VARCHAR):
        return String(kind.length)
    if isinstance(kind, NUMERIC | DECIMAL):
        return Numeric(kind.precision, kind.scale)
    if isinstance(kind, DateTime):
        return UTCDateTime() if in_utc(kind) else DateTime()
    written = [PLAIN[read]() for read in PLAIN if isinstance(kind, read)]
    return written[0] if written else kind


def in_utc(kind: DateTime) -> bool:
    """Say whether a column of moments is as the app makes it; SQLite keeps no difference."""
    return kind.timezone or bool(getattr(kind, "fsp", None)) or type(kind) is DATETIME


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


def is_rule(op: ops.MigrateOperation) -> bool:
    """Say whether an index is a rule (UNIQUE), which MySQL reads as one; its name tells."""
    return isinstance(op, ops.CreateIndexOp | ops.DropIndexOp) and str(op.index_name)[:3] == "uq_"


def plain_rules(op: ops.MigrateOperation) -> ops.MigrateOperation:
    """Return an operation, that of a rule as such."""
    if not is_rule(op):
        return op
    name = conv(op.index_name)
    if isinstance(op, ops.DropIndexOp):
        return ops.DropConstraintOp(name, op.table_name, type_="unique")
    return ops.CreateUniqueConstraintOp(name, op.table_name, columns(op))


def columns(op: ops.CreateIndexOp) -> list[str]:
    """Name the columns of an index."""
    return [column.name for column in op.to_index().columns]


def plain_table(op: ops.CreateTableOp, indexes: list[ops.CreateIndexOp]) -> None:
    """Make a table that was read one that is written, its rules in it."""
    op.columns += [
        UniqueConstraint(*columns(index), name=conv(index.index_name))
        for index in indexes
        if is_rule(index) and index.table_name == op.table_name
    ]
    op.kw = {name: value for name, value in op.kw.items() if not name.startswith("mysql_")}
    for part in op.columns:
        if isinstance(part, Column):
            plain_column(part)
        elif isinstance(part, CheckConstraint):
            part.sqltext = text(plain_rule(str(part.sqltext)))
