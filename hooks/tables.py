"""The changes of one table, put into an order and a form that keep its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from additions import CastOp, FillOp, PlaceOp, StopOp
from alembic.operations import ops
from plain import affinity, columns, length, plain_column, plain_rule, plain_rules, plain_type
from sqlalchemy import Numeric, String
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql.elements import ClauseElement

if TYPE_CHECKING:
    from changes import Changes
    from sqlalchemy import Column

RANKS: list[tuple[tuple[type[ops.MigrateOperation], ...], str]] = [
    # What depends on others goes before them and comes after them: MySQL insists on it.
    ((ops.DropConstraintOp,), "foreignkey"),
    ((ops.DropConstraintOp, ops.DropIndexOp), ""),
    ((ops.DropColumnOp,), ""),
    ((ops.AddColumnOp,), ""),
    ((ops.AlterColumnOp,), ""),
    ((ops.CreateCheckConstraintOp, ops.CreateUniqueConstraintOp, ops.CreateIndexOp), ""),
]


@dataclass
class Table:
    """The changes of one table that is there before and after."""

    changes: Changes
    op: ops.ModifyTableOps
    stops: list[StopOp] = field(init=False, default_factory=list)
    fills: list[FillOp | PlaceOp] = field(init=False, default_factory=list)
    before: list[ops.MigrateOperation] = field(init=False, default_factory=list)
    after: list[ops.MigrateOperation] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Sort the operations into what comes before and after rows are filled."""
        self.name = self.op.table_name
        self.quoted = self.changes.quote(self.name)
        self.added = {op.column.name for op in self.op.ops if isinstance(op, ops.AddColumnOp)}
        for op in sorted(map(plain_rules, self.op.ops), key=rank):
            if isinstance(op, ops.AddColumnOp):
                self.add_column(op)
            elif isinstance(op, ops.AlterColumnOp):
                self.alter_column(op)
            elif isinstance(op, ops.DropConstraintOp | ops.DropIndexOp | ops.DropColumnOp):
                self.before.append(op)
            else:
                self.see_rows(op)
                self.after.append(op)

    def parts(self) -> list[ops.MigrateOperation]:
        """Return the operations; without rows to fill they need one copy of the table."""
        if not self.fills:
            return self.together(self.before + self.after)
        return [*self.together(self.before), *self.fills, *self.together(self.after)]

    def together(self, parts: list[ops.MigrateOperation]) -> list[ops.MigrateOperation]:
        """Return operations as one, which SQLite does by a copy of the table; indexes need none."""
        if all(isinstance(part, ops.CreateIndexOp | ops.DropIndexOp) for part in parts):
            return parts
        return [ops.ModifyTableOps(self.name, parts, schema=self.op.schema)]

    def add_column(self, op: ops.AddColumnOp) -> None:
        """Add a column; a required one is filled before it is required."""
        self.before.append(op)
        column = op.column
        plain_column(column)
        if column.nullable or column.server_default is not None:
            return
        column.nullable = True
        self.fill_column(column)
        self.after.append(
            ops.AlterColumnOp(
                self.name,
                column.name,
                existing_type=column.type,
                existing_nullable=True,
                modify_nullable=False,
            )
        )

    def fill_column(self, column: Column[Any]) -> None:
        """Give rows the default of a new column, or stop where only their owner can know."""
        value = self.changes.default(self.name, column.name)
        if value is not None:
            self.fills.append(FillOp(self.name, column, value))
            return
        self.fills.append(PlaceOp(column.name))
        self.stop(
            "",
            f"{self.name} has rows, and nothing says what goes into {column.name}: "
            f"delete them, or write it into {self.changes.revision}",
        )

    def alter_column(self, op: ops.AlterColumnOp) -> None:
        """Change a column: its type before its rows are filled, that it is required after that."""
        name, kind = op.column_name, op.modify_type
        op.existing_type = plain_type(op.existing_type)
        if kind is not None:
            op.modify_type = kind = plain_type(kind)
            self.see_values(name, op.existing_type, kind)
            self.before.append(self.typed(op))
            op.existing_type, op.modify_type = kind, None
        if op.modify_nullable is False:
            value = self.changes.default(self.name, name)
            if value is None:
                condition = f"WHERE {self.changes.quote(name)} IS NULL"
                self.stop(condition, f"some rows of {self.name} have no {name}")
            else:
                model = self.changes.models.tables[self.name].c[name]
                self.fills.append(FillOp(self.name, model, value))
            self.after.append(op)
        elif op.has_changes():
            self.before.append(op)

    def see_values(self, name: str, old: Any, new: Any) -> None:
        """Stop if values do not fit a new type."""
        quoted = self.changes.quote(name)
        if isinstance(new, String) and new.length and (length(old) or new.length + 1) > new.length:
            # In words that each database has: the project may be moved to another one.
            text = quoted if isinstance(old, String) else f"CAST({quoted} AS CHAR(100))"
            self.stop(
                f"WHERE length(substr({text}, {new.length + 1})) > 0",
                f"some rows of {self.name} have a {name} of more than {new.length} characters",
            )
        if (
            isinstance(new, Numeric)
            and new.precision
            and isinstance(old, Numeric)
            and old.precision
        ):
            whole = new.precision - (new.scale or 0)
            if whole < old.precision - (old.scale or 0):
                self.stop(
                    f"WHERE abs({quoted}) >= {10**whole}",
                    f"some rows of {self.name} have a {name} of more than {whole} digits",
                )

    def typed(self, op: ops.AlterColumnOp) -> ops.AlterColumnOp:
        """Return the change of a type, with what PostgreSQL has to be told wherever it is made."""
        old, new = op.existing_type, op.modify_type
        made = ops.AlterColumnOp if affinity(old) is affinity(new) else CastOp
        change = made(
            self.name,
            op.column_name,
            existing_type=old,
            existing_nullable=op.existing_nullable,
            existing_server_default=op.existing_server_default,
            modify_type=new,
        )
        if isinstance(change, CastOp):
            dialect = postgresql.dialect()
            name = dialect.identifier_preparer.quote(op.column_name)
            change.using = f"CAST({name} AS {new.compile(dialect=dialect)})"
        return change

    def see_rows(self, op: ops.MigrateOperation) -> None:
        """Stop if rows break a rule that is new."""
        if isinstance(op, ops.CreateUniqueConstraintOp):
            op.kw.pop("postgresql_nulls_not_distinct", None)
            self.see_unique([str(name) for name in op.columns])
        elif isinstance(op, ops.CreateIndexOp) and op.unique:
            self.see_unique(columns(op))
        elif isinstance(op, ops.CreateCheckConstraintOp):
            op.condition = rule = plain_rule(self.sql(op.condition))
            if not self.added & set(re.findall(r"\w+", rule)):
                self.stop(f"WHERE NOT ({rule})", f"some rows of {self.name} break the rule: {rule}")

    def see_unique(self, names: list[str]) -> None:
        """Stop if rows share what only one may have."""
        filled = {op.column.name for op in self.fills if isinstance(op, FillOp)}
        if set(names) <= self.added:
            if set(names) & filled:
                self.stop(
                    "HAVING count(*) > 1",
                    f"the rows of {self.name} would all get the same {' and '.join(names)}",
                    what="count(*)",
                )
            return
        quoted = [self.changes.quote(name) for name in names]
        listed = ", ".join(quoted)
        given = " AND ".join(f"{name} IS NOT NULL" for name in quoted)
        self.stop(
            f"WHERE {given} GROUP BY {listed} HAVING count(*) > 1",
            f"some rows of {self.name} have the same {' and '.join(names)}",
            what=listed,
        )

    def stop(self, condition: str, problem: str, what: str = "*") -> None:
        """Stop if there are such rows."""
        query = f"SELECT {what} FROM {self.quoted} {condition}".rstrip()
        # To SQLAlchemy a colon before a word is a parameter.
        query = re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", query)
        self.stops.append(StopOp(query, problem))

    def sql(self, condition: Any) -> str:
        """Return a condition as text."""
        if isinstance(condition, ClauseElement):
            options = {"literal_binds": True}
            return str(condition.compile(dialect=self.changes.dialect, compile_kwargs=options))
        return str(condition)


def rank(op: ops.MigrateOperation) -> int:
    """Return at what time an operation comes."""
    for number, (kinds, what) in enumerate(RANKS):
        if isinstance(op, kinds) and what in ("", getattr(op, "constraint_type", "")):
            return number
    return len(RANKS)
