"""The endpoints by which users come, go, and prove what they forgot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, g

from app import db, mail
from app.accounts import credentials, service, tokens
from app.accounts.permissions import login_required
from app.accounts.schemas import (
    AddressSchema,
    CodeSchema,
    EmailSchema,
    LoginSchema,
    NewPasswordSchema,
    PairSchema,
    RefreshSchema,
)
from app.api import SECURITY, envelope, new_blueprint
from app.limits import limited

if TYPE_CHECKING:
    from app.accounts.tokens import Pair

blueprint = new_blueprint("auth_api", "auth", "Logins, and the codes of e-mails")


@blueprint.post("/login")
@limited("login", "10 per 3 minutes")
@blueprint.arguments(LoginSchema)
@blueprint.response(200, envelope(PairSchema))
def login(body: dict[str, Any]) -> Pair:
    """Log in: give a pair of tokens for an e-mail address and its password."""
    user = service.authenticate(
        db.session(), **body, confirmed_only=current_app.config["CONFIRMED_USERS_ONLY"]
    )
    pair = tokens.issue(db.session(), user)
    db.session().commit()
    return pair


@blueprint.post("/refresh")
@blueprint.arguments(RefreshSchema)
@blueprint.response(200, envelope(PairSchema))
def refresh(body: dict[str, Any]) -> Pair:
    """Renew: give a new pair for a refresh token, once."""
    pair = tokens.rotate(db.session(), body["refresh_token"])
    db.session().commit()
    return pair


@blueprint.post("/logout")
@login_required
@blueprint.doc(security=SECURITY)
@blueprint.response(204)
def logout() -> None:
    """Log out: end the login that the token belongs to, with all its tokens."""
    db.session().delete(g.login)
    db.session().commit()


@blueprint.post("/reset")
@limited("reset", "10 per 3 minutes")
@blueprint.arguments(EmailSchema)
@blueprint.response(202, envelope(AddressSchema))
def ask_reset(body: dict[str, Any]) -> dict[str, Any]:
    """Ask for a code by mail that replaces a password; the answer is the same for any address."""
    letter = credentials.ask_reset(db.session(), **body)
    db.session().commit()
    mail.send(letter)
    return body


@blueprint.post("/password")
@blueprint.arguments(NewPasswordSchema)
@blueprint.response(204)
def reset_password(body: dict[str, Any]) -> None:
    """Replace a forgotten password, by the code of a mail."""
    letter = credentials.reset_password(db.session(), **body)
    db.session().commit()
    mail.send(letter)


@blueprint.post("/confirm")
@blueprint.arguments(CodeSchema)
@blueprint.response(204)
def confirm(body: dict[str, Any]) -> None:
    """Confirm the address to which a code went."""
    credentials.confirm(db.session(), **body)
    db.session().commit()


@blueprint.post("/email")
@blueprint.arguments(CodeSchema)
@blueprint.response(204)
def change_email(body: dict[str, Any]) -> None:
    """Make the address the user's own to which a code went."""
    letter = credentials.change_email(db.session(), **body)
    db.session().commit()
    mail.send(letter)
