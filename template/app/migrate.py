"""`flask db`: the database's history, kept by Alembic."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from alembic import command, op
from alembic.config import Config
from alembic.operations.ops import AddConstraintOp, DropConstraintOp
from alembic.runtime.plugins import Plugin
from alembic.util import CommandError, PriorityDispatchResult
from flask.cli import AppGroup
from sqlalchemy import CheckConstraint, ColumnClause, TypeDecorator, table, text
from sqlalchemy.sql.naming import conv

from app.db import UTCDateTime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.autogenerate.api import AutogenContext
    from alembic.operations.ops import ModifyTableOps
    from flask import Flask
    from sqlalchemy import Connection, Table

FOLDER = Path(__file__).parent.parent / "migrations"
NAME_LENGTH = 32  # of the column in which Alembic keeps a migration's name
# The values in the text of a rule, and the casts that PostgreSQL adds to them.
VALUE = re.compile(r"'((?:[^']|'')*)'|(?<![\w.])(-?\d+(?:\.\d+)?)")
CAST = re.compile(r"::[a-z ]+(\(\d+(, ?\d+)?\))?")

group = AppGroup("db", help="Make and apply migrations of the database.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, for the app's own engine or for a connection."""
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s")
    config.attributes["connection"] = connection
    return config


# ---------------------------------------------------------------- for migrations


def stop_if(query: str, problem: str) -> None:
    """Stop a migration, before it changes anything, if there are rows that it cannot keep."""
    if op.get_bind().execute(text(query)).first():
        raise CommandError(f"Stopped, nothing was changed: {problem}. They are found by: {query}")


def fill(name: str, column: ColumnClause[Any], value: object) -> None:
    """Give a value to the rows of a table that have none."""
    rows = table(name, column)
    op.execute(rows.update().where(column.is_(None)).values({column: value}))


# ---------------------------------------------------------------- how they are made


def next_revision(message: str) -> str:
    """Return the name of the next migration: a number, and what it is about."""
    numbers = [int(path.name[:4]) for path in FOLDER.glob("versions/[0-9][0-9][0-9][0-9]_*.py")]
    words = re.findall(r"[a-z0-9]+", message.lower())
    name = "_".join([f"{max(numbers, default=0) + 1:04}", *words])
    if len(name) <= NAME_LENGTH:
        return name
    whole = name[: NAME_LENGTH + 1].rpartition("_")[0]
    return whole if whole.count("_") > 1 else name[:NAME_LENGTH]


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write a type of the app's own as what it is in the database: the app may lose it."""
    if isinstance(item, UTCDateTime):
        context.imports.add("from app.db import UTCDateTime")
        return "UTCDateTime()"
    if kind == "type" and isinstance(item, TypeDecorator) and type(item).__module__[:4] == "app.":
        return f"sa.{item.impl_instance!r}"
    return False


def compare_rules(
    context: AutogenContext,
    changes: ModifyTableOps,
    _schema: str | None,
    _name: str,
    there: Table | None,
    wanted: Table | None,
) -> PriorityDispatchResult:
    """See where the rules of a table (CHECK) are not those of its model."""
    if there is None or wanted is None:
        return PriorityDispatchResult.CONTINUE
    found = context.inspector.get_check_constraints(there.name)
    old = {rule["name"]: rule["sqltext"] for rule in found if rule["name"]}
    rules = [rule for rule in wanted.constraints if isinstance(rule, CheckConstraint)]
    new = {str(rule.name): rule for rule in rules if rule.name}
    same = {name for name in old.keys() & new.keys() if values(old[name]) == values(sql(new[name]))}
    for name in sorted(old.keys() - same):
        gone = CheckConstraint(old[name], name=conv(name), table=there)
        changes.ops.append(DropConstraintOp.from_constraint(gone))
    for name in sorted(new.keys() - same):
        changes.ops.append(AddConstraintOp.from_constraint(new[name]))
    return PriorityDispatchResult.CONTINUE


def sql(rule: CheckConstraint) -> str:
    """Return the text of a rule."""
    return str(rule.sqltext.compile(compile_kwargs={"literal_binds": True}))


def values(rule: str) -> list[str]:
    """Return the values in the text of a rule: the rest of it each database writes as it likes."""
    plain = CAST.sub("", rule).replace("\\'", "''")
    return [word or number for word, number in VALUE.findall(plain)]


RULES = Plugin("app.rules")
RULES.add_autogenerate_comparator(compare_rules, "table", "rules")
OPTIONS: dict[str, Any] = {
    "render_as_batch": True,
    "render_item": render_item,
    "autogenerate_plugins": ["alembic.autogenerate.*", RULES.name],
}


# ---------------------------------------------------------------- the commands


@contextmanager
def plainly() -> Iterator[None]:
    """Show what Alembic refuses as one line."""
    try:
        yield
    except CommandError as error:
        raise click.ClickException(str(error)) from error


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Apply migrations, all of them or up to REVISION."""
    with plainly():
        command.upgrade(configuration(), revision)
    click.echo("The database is up to date." if revision == "head" else f"Now at {revision}.")


@group.command("downgrade", context_settings={"ignore_unknown_options": True})
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Take back the last migration, or all after REVISION ("base" for every one)."""
    with plainly():
        command.downgrade(configuration(), revision)
    click.echo(f"Taken back: {revision}.")


@group.command("revision")
@click.argument("message")
@click.option("--empty", is_flag=True, help="Do not compare models and database.")
def revision(message: str, *, empty: bool) -> None:
    """Make a migration of what changed in the models."""
    with plainly():
        name = next_revision(message)
        command.revision(configuration(), message, autogenerate=not empty, rev_id=name)


@group.command("check")
def check() -> None:
    """Fail if the models and the migrations disagree."""
    with plainly():
        command.check(configuration())


@group.command("current")
def current() -> None:
    """Show which migration the database is at."""
    with plainly():
        command.current(configuration())


@group.command("history")
def history() -> None:
    """List the migrations, the newest first."""
    command.history(configuration())
