"""`flask users`: accounts from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app import db
from app.accounts import passwords, service
from app.accounts.models import Role
from app.errors import AppError

if TYPE_CHECKING:
    from flask import Flask

group = AppGroup("users", help="Add users and say what they may do.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


@group.command("create")
@click.argument("username")
@click.argument("email")
@click.option("--admin", is_flag=True, help="Make the user an administrator.")
@click.password_option()
def create(username: str, email: str, password: str, *, admin: bool) -> None:
    """Add a user."""
    if not passwords.MIN_LENGTH <= len(password) <= passwords.MAX_LENGTH:
        raise click.ClickException(
            f"A password has {passwords.MIN_LENGTH} to {passwords.MAX_LENGTH} characters."
        )
    role = Role.ADMIN if admin else Role.USER
    try:
        service.register(db.session(), username, email, password, role)
    except AppError as error:
        fields = ", ".join(error.details)
        raise click.ClickException(f"{error} ({fields})") from error
    db.session().commit()
    click.echo(f"{username} is added as {role.value}.")


@group.command("promote")
@click.argument("email")
def promote(email: str) -> None:
    """Make a user an administrator."""
    try:
        user = service.promote(db.session(), email)
    except AppError as error:
        raise click.ClickException(str(error)) from error
    db.session().commit()
    click.echo(f"{user.username} is an administrator now.")
