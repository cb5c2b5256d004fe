"""Run by a project's own Python: what its newest migration does to the rows of a database.

It reads scenarios as JSON, each the SQL that writes rows before the migration, and says in JSON
what became of them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path.cwd()))

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from app import create_app, migrate
from app.db import Model
from sqlalchemy import Connection, inspect, select, text
from tests.addresses import beside
from tests.databases import fresh_database, own_place


def main() -> None:
    """Play each scenario on a database of its own."""
    scenarios: dict[str, list[str]] = json.load(sys.stdin)
    said = {}
    for name, rows in scenarios.items():
        with own_place() as place, fresh_database(beside(place, "rows")) as address:
            app = create_app({"TESTING": True, "DATABASE_URL": address})
            engine = app.extensions["database"].engine
            with app.app_context(), engine.connect() as connection:
                said[name] = play(connection, rows)
            engine.dispose()
    print(json.dumps(said, default=str))


def play(connection: Connection, rows: list[str]) -> dict[str, Any]:
    """Write rows, migrate there, back and there again, and return what was seen."""
    config = migrate.configuration(connection)
    history = ScriptDirectory.from_config(config).walk_revisions()
    command.upgrade(config, str(next(history).down_revision))
    for row in rows:
        connection.execute(text(row))
    connection.commit()
    shape = tables(connection)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        connection.rollback()
        return {"refused": str(error), "untouched": tables(connection) == shape}
    found: dict[str, Any] = {name: rows_of(connection, name) for name in tables(connection)}
    try:
        command.downgrade(config, "-1")
    except CommandError as error:
        found["back"] = str(error)
        connection.rollback()
        for table in reversed(Model.metadata.sorted_tables):
            connection.execute(table.delete())
        connection.commit()
        command.downgrade(config, "-1")
    connection.rollback()
    found["as before"] = tables(connection) == shape
    command.upgrade(config, "head")
    command.check(config)
    return found


def tables(connection: Connection) -> dict[str, list[str]]:
    """Return the tables and their columns."""
    inspector = inspect(connection)
    found = {
        name: sorted(f"{column['name']} {column['type']}" for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }
    connection.rollback()
    return found


def rows_of(connection: Connection, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table as the app sees them."""
    table = Model.metadata.tables.get(name)
    if table is None:
        return []
    found = connection.execute(select(table).order_by(table.c.id)).mappings()
    rows = [dict(row) for row in found]
    connection.rollback()
    return rows


if __name__ == "__main__":
    main()
