"""Write a migration of what differs between models and history; run by the project's own Python.

It works on a new database of the kind that the project's tests use, and never on its owner's. What
it wrote is said in JSON, in the file whose name it is given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

# The project is in the folder in which this runs.
sys.path.insert(0, str(Path.cwd()))

import pytest
from alembic import command
from alembic.operations import ops
from alembic.util import CommandError
from app import create_app, migrate
from app.db import Model
from changes import Changes
from tests.addresses import beside
from tests.databases import fresh_database, own_place

if TYPE_CHECKING:
    from sqlalchemy import Connection

COMMENT = "# ### "  # with which Alembic marks what it wrote


def main(report: Path) -> None:
    """Make the migration, if one is needed, and report its path."""
    with own_place() as place, fresh_database(beside(place, "migration")) as address:
        app = create_app({"TESTING": True, "DATABASE_URL": address})
        engine = app.extensions["database"].engine
        try:
            with app.app_context(), engine.connect() as connection:
                made = revise(connection)
        except CommandError as error:
            sys.exit(str(error).splitlines()[0])
        finally:
            engine.dispose()
    report.write_text(json.dumps(made), encoding="utf-8")


def revise(connection: Connection) -> dict[str, str]:
    """Bring the database to the end of its history and write what is missing there."""
    found: dict[str, str] = {}

    def rewrite(_context: Any, _revision: Any, scripts: list[ops.MigrationScript]) -> None:
        (script,) = scripts
        message = described(script.upgrade_ops.ops)
        if not message:
            scripts.clear()
            return
        script.message = message
        script.rev_id = migrate.next_revision(message)
        for direction in (script.upgrade_ops, script.downgrade_ops):
            changes = Changes(Model.metadata, connection.dialect, script.rev_id)
            direction.ops = changes.safe(direction.ops)
        found["name"] = script.rev_id

    config = migrate.configuration(connection)
    command.upgrade(config, "head")
    made = command.revision(
        config, "unnamed", autogenerate=True, process_revision_directives=rewrite
    )
    if made and found:
        path = Path(made.path)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = "".join(line for line in lines if not line.strip().startswith(COMMENT))
        path.write_text(
            kept.replace(", schema=None)", ")").replace(", unique=False)", ")"), encoding="utf-8"
        )
        found["path"] = path.relative_to(Path.cwd()).as_posix()
    return found


def described(changes: list[ops.MigrateOperation]) -> str:
    """Say in a few words what changes."""
    made = [op.table_name for op in changes if isinstance(op, ops.CreateTableOp)]
    gone = sorted(op.table_name for op in changes if isinstance(op, ops.DropTableOp))
    seen = sorted(op.table_name for op in changes if isinstance(op, ops.ModifyTableOps))
    groups = {
        "add": made,
        "change": [name for name in seen if name not in made + gone],
        "remove": gone,
    }
    said = ", ".join(f"{verb} {listed(names)}" for verb, names in groups.items() if names)
    return said[:1].upper() + said[1:]


def listed(names: list[str]) -> str:
    """Return names as a sentence has them."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except pytest.exit.Exception as error:
        sys.exit(str(error))
