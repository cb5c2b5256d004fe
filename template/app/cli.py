"""Commands of the app itself; each feature adds its own."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(make_secrets)


@click.command("secrets")
@with_appcontext
def make_secrets() -> None:
    """Print fresh secrets for production, as lines of an .env file."""
    for name in current_app.config:
        if name.endswith("SECRET_KEY"):
            click.echo(f"{name}={secrets.token_urlsafe(48)}")
