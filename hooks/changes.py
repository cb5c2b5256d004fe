"""The operations of a migration, put into an order and a form that keep the rows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from additions import Value, literal
from alembic.operations import ops
from plain import is_rule, plain_table
from sqlalchemy import TypeDecorator
from tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Dialect, MetaData


class Changes:
    """One direction of a migration, on the way to the models or back."""

    def __init__(self, models: MetaData, dialect: Dialect, revision: str) -> None:
        self.revision = revision
        self.models = models
        self.dialect = dialect
        self.quote = dialect.identifier_preparer.quote

    def safe(self, operations: Iterable[ops.MigrateOperation]) -> list[ops.MigrateOperation]:
        """Return the operations: first what may stop them, then tables made, changed, dropped."""
        there = list(operations)
        made = [op for op in there if isinstance(op, ops.CreateTableOp)]
        gone = [op for op in there if isinstance(op, ops.DropTableOp)]
        changed = [op for op in there if isinstance(op, ops.ModifyTableOps)]
        new, old = ({op.table_name for op in group} for group in (made, gone))
        indexes = [part for op in changed if op.table_name in new for part in op.ops]
        for op in made:
            plain_table(op, indexes)
        tables = [Table(self, op) for op in changed if op.table_name not in new | old]
        return [
            *(stop for table in tables for stop in table.stops),
            *reversed(dependents_first(made[::-1])),
            *(index for index in indexes if not is_rule(index)),
            *(part for table in tables for part in table.parts()),
            *dependents_first(gone),
        ]

    def default(self, table: str, column: str) -> Value | None:
        """Return what a new row gets in a column if nothing is given."""
        model = self.models.tables.get(table)
        found = model.c[column].default if model is not None and column in model.c else None
        if found is None:
            return None
        if found.is_callable:
            return literal(found.arg(None), now=True)
        kind = found.column.type
        # A migration has the type below one of the app's own, and so has its values.
        own = isinstance(kind, TypeDecorator)
        return literal(kind.process_bind_param(found.arg, self.dialect) if own else found.arg)


def dependents_first(tables: list[Any]) -> list[Any]:
    """Order tables so that each comes after those that refer to it."""
    left = {op.table_name: op for op in tables}
    targets = {name: referred(op) for name, op in left.items()}
    ordered = []
    while left:
        free = [
            name for name in left if not any(name in targets[other] - {other} for other in left)
        ]
        ordered += [left.pop(name) for name in free or list(left)]
    return ordered


def referred(op: ops.CreateTableOp | ops.DropTableOp) -> set[str]:
    """Return the names of the tables to which a table refers."""
    return {key.target_fullname.rpartition(".")[0] for key in op.to_table().foreign_keys}
