"""What Alembic runs for each of its commands."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from alembic import context
from alembic.util import CommandError

from app.db import Model, database
from app.migrate import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alembic.runtime.migration import MigrationContext
    from sqlalchemy import Connection


def run(connection: Connection) -> None:
    """Run the command on a connection."""
    see_one_line()
    context.configure(
        connection,
        target_metadata=Model.metadata,
        on_version_apply=see_references,  # type: ignore[arg-type]  # it is called by name
        **OPTIONS,
    )
    with foreign_keys_off(connection), context.begin_transaction():
        context.run_migrations()


def see_one_line() -> None:
    """Stop where the history has several ends, as after a merge of two branches."""
    ends = sorted(context.script.get_heads())
    if len(ends) > 1:
        raise CommandError(
            f"The history has {len(ends)} ends, {' and '.join(ends)}: let one follow the other. "
            "In that one, which no database has yet, set down_revision to the name of the other."
        )


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Let SQLite copy a table to change it: to drop the old one would delete what refers to it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    if connection.in_transaction():
        raise CommandError("SQLite cannot be migrated inside a transaction: commit it first.")
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        # Inside a transaction, which reading alone begins, the next line would do nothing.
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


def see_references(*, ctx: MigrationContext, **_: Any) -> None:
    """Take a migration back that leaves rows which refer to nothing."""
    connection = ctx.connection
    if connection is not None and connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise CommandError(f"Stopped: rows of {tables} refer to rows that are not there.")


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with database().engine.connect() as own:
        run(own)
