"""`flask users`: accounts from the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
from flask.cli import AppGroup

from app import db
from app.accounts import logins, passwords, service
from app.accounts.models import (
    EMAIL_LENGTH,
    EMAIL_PATTERN,
    USERNAME_LENGTH,
    USERNAME_PATTERN,
    Role,
    now,
)
from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

group = AppGroup("users", help="Add users and say what they may do.")


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)


def checked(pattern: str, length: int) -> Callable[[click.Context, click.Parameter, str], str]:
    """Return what refuses an argument that is too long or not like the pattern."""

    def check(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
        if len(text) > length or not re.match(pattern, text):
            raise click.BadParameter(f"{text!r} is not one that a user may have.")
        return text

    return check


@group.command("create")
@click.argument("username", callback=checked(USERNAME_PATTERN, USERNAME_LENGTH))
@click.argument("email", callback=checked(EMAIL_PATTERN, EMAIL_LENGTH))
@click.option("--admin", is_flag=True, help="Make the user an administrator.")
@click.password_option()
def create(username: str, email: str, password: str, *, admin: bool) -> None:
    """Add a user."""
    if flaw := passwords.flaw_of(password):
        raise click.ClickException(flaw)
    role = Role.ADMIN if admin else Role.USER
    try:
        user = service.add_user(db.session(), username, email, password, role)
    except AppError as error:
        fields = ", ".join(error.details)
        raise click.ClickException(f"{error} ({fields})") from error
    # Whoever may use the command line need not prove by a letter that an address is theirs.
    user.confirmed_at = now()
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


@group.command("purge")
def purge() -> None:
    """Delete the logins and codes that have ended by themselves."""
    number = logins.purge(db.session())
    db.session().commit()
    click.echo(f"{number} deleted.")
