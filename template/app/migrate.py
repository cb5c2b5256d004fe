"""`flask db`: the database's history, kept by Alembic."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask.cli import AppGroup

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection

FOLDER = Path(__file__).parent.parent / "migrations"

group = AppGroup("db", help="Make and apply migrations of the database.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, for the app's own engine or for a connection."""
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@group.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Apply migrations, all of them or up to REVISION."""
    command.upgrade(configuration(), revision)
    click.echo("The database is up to date." if revision == "head" else f"Now at {revision}.")


@group.command("downgrade", context_settings={"ignore_unknown_options": True})
@click.argument("revision", default="-1")
def downgrade(revision: str) -> None:
    """Take back the last migration, or all after REVISION ("base" for every one)."""
    command.downgrade(configuration(), revision)
    click.echo(f"Taken back: {revision}.")


@group.command("revision")
@click.argument("message")
@click.option("--empty", is_flag=True, help="Do not compare models and database.")
def revision(message: str, *, empty: bool) -> None:
    """Make a migration of what changed in the models."""
    command.revision(configuration(), message, autogenerate=not empty)


@group.command("check")
def check() -> None:
    """Fail if the models and the migrations disagree."""
    try:
        command.check(configuration())
    except CommandError as error:
        raise click.ClickException(str(error)) from error


@group.command("current")
def current() -> None:
    """Show which migration the database is at."""
    command.current(configuration())


@group.command("history")
def history() -> None:
    """List the migrations, the newest first."""
    command.history(configuration())
