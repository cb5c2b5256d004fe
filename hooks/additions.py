"""What migrations need besides Alembic's own operations, and how each is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from alembic.autogenerate.render import _alter_column, _repr_type, renderers
from alembic.operations import ops

if TYPE_CHECKING:
    from alembic.autogenerate.api import AutogenContext
    from sqlalchemy import Column


class StopOp(ops.MigrateOperation):
    """Stop if there are rows that the migration cannot keep."""

    def __init__(self, query: str, problem: str) -> None:
        self.query = query
        self.problem = problem


class CastOp(ops.AlterColumnOp):
    """Change a type whose values PostgreSQL converts only when told how."""

    using = ""


class FillOp(ops.MigrateOperation):
    """Give a value to the rows that have none."""

    def __init__(self, table: str, column: Column[Any], value: Value) -> None:
        self.table = table
        self.column = column
        self.value = value


class PlaceOp(ops.MigrateOperation):
    """Show where rows would get what only the owner of a project can know."""

    def __init__(self, column: str) -> None:
        self.column = column


@dataclass(frozen=True)
class Value:
    """A value as it stands in Python, and what it needs."""

    text: str
    imports: tuple[str, ...] = ()


@renderers.dispatch_for(StopOp)
def render_stop(context: AutogenContext, op: StopOp) -> str:
    """Write the call of the app's helper."""
    context.imports.add("from app.migrate import stop_if")
    return f"stop_if(\n{op.query!r},\n{op.problem!r},\n)"


@renderers.dispatch_for(CastOp)
def render_cast(context: AutogenContext, op: CastOp) -> str:
    """Write the change of a column, which Alembic writes without its cast."""
    return f"{_alter_column(context, op)[:-1]}, postgresql_using={op.using!r})"


@renderers.dispatch_for(FillOp)
def render_fill(context: AutogenContext, op: FillOp) -> str:
    """Write the call of the app's helper."""
    context.imports.add("from app.migrate import fill")
    context.imports.update(op.value.imports)
    column = f"sa.column({op.column.name!r}, {_repr_type(op.column.type, context)})"
    return f"fill({op.table!r}, {column}, {op.value.text})"


@renderers.dispatch_for(PlaceOp)
def render_place(_context: AutogenContext, op: PlaceOp) -> str:
    """Write a comment for whoever takes the stop out."""
    return f"# Here the rows that there are get their {op.column}."


def literal(value: object, *, now: bool = False) -> Value | None:
    """Return a value as Python; one that is made at its time only if it is that time."""
    if isinstance(value, datetime):
        return moment(None if now else value)
    if isinstance(value, date):
        if now:
            return Value("datetime.now(UTC).date()", ("from datetime import UTC, datetime",))
        return Value(f"date{value.timetuple()[:3]}", ("from datetime import date",))
    if now:
        return None
    if isinstance(value, Decimal):
        return Value(f'Decimal("{value}")', ("from decimal import Decimal",))
    return Value(repr(value)) if isinstance(value, str | int | float) else None


def moment(value: datetime | None) -> Value:
    """Return a moment as Python, the present one for None."""
    imports = ("from datetime import UTC, datetime",)
    if value is None:
        return Value("datetime.now(UTC)", imports)
    parts = (*value.astimezone(UTC).timetuple()[:6], value.microsecond)
    return Value(f"datetime({', '.join(map(str, parts))}, tzinfo=UTC)", imports)
