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
from alembic.util import CommandError
from app import create_app, migrate
from app.books.models import Book
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.orm import Session
from tests.databases import beside
from tests.server import find_server, fresh_database


def main() -> None:
    """Play each scenario on a database of its own."""
    scenarios: dict[str, list[str]] = json.load(sys.stdin)
    server = find_server()
    said = {}
    for name, rows in scenarios.items():
        with fresh_database(beside(server, "rows")) as address:
            app = create_app({"TESTING": True, "DATABASE_URL": address})
            engine = app.extensions["database"].engine
            with app.app_context(), engine.connect() as connection:
                said[name] = play(connection, rows)
            engine.dispose()
    print(json.dumps(said, default=str))


def play(connection: Connection, rows: list[str]) -> dict[str, Any]:
    """Write rows, migrate there, back and there again, and return what was seen."""
    config = migrate.configuration(connection)
    *_, before, _ = sorted(path.stem for path in migrate.FOLDER.glob("versions/0*.py"))
    command.upgrade(config, before)
    for row in rows:
        connection.execute(text(row))
    connection.commit()
    shape = tables(connection)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        connection.rollback()
        return {"refused": str(error), "untouched": tables(connection) == shape}
    found = {"books": books(connection), "reviews": counted(connection, "reviews")}
    try:
        command.downgrade(config, "-1")
    except CommandError as error:
        found["back"] = str(error)
        connection.rollback()
        for table in ("reviews", "books"):
            connection.execute(text(f"DELETE FROM {table}"))
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


def books(connection: Connection) -> list[dict[str, Any]]:
    """Return the books as the app sees them."""
    with Session(connection) as session:
        query = select(Book.__table__).order_by(Book.id)
        return [dict(row) for row in session.execute(query).mappings()]


def counted(connection: Connection, table: str) -> int:
    """Return how many rows there are."""
    found: int = connection.scalar(text(f"SELECT count(*) FROM {table}"))
    connection.rollback()
    return found


if __name__ == "__main__":
    main()
