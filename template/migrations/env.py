"""What Alembic runs for each of its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from app.db import Model, database

if TYPE_CHECKING:
    from sqlalchemy import Connection


def run(connection: Connection) -> None:
    """Run the command on a connection."""
    context.configure(connection, target_metadata=Model.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with database().engine.connect() as own:
        run(own)
