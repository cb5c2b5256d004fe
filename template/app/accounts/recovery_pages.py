"""The pages to which the links of mails lead, and those that ask for such a mail.

Nothing happens when a link is only opened: programs that look for viruses open it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for

from app import db, mail
from app.accounts import codes, credentials
from app.accounts.forms import EmailForm, NewPasswordForm, explained
from app.accounts.models import Purpose
from app.accounts.permissions import current_user, login_required
from app.accounts.session import session_user
from app.limits import limited

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("recovery", __name__)


@blueprint.post("/confirm")
@login_required
@limited("confirm", "10 per 3 minutes")
def ask_confirmation() -> Response:
    """Send the letter once more by which users confirm their address."""
    letter = credentials.ask_confirmation(db.session(), current_user())
    db.session().commit()
    mail.send(letter)
    flash("We have sent you an e-mail. It holds a link to confirm your address.", "info")
    return redirect(url_for("accounts.dashboard"))


@blueprint.get("/confirm/<code>")
def confirmation(code: str) -> str:
    """Show the button that confirms an address."""
    found = codes.find_code(db.session(), code, Purpose.CONFIRM)
    return render_template("accounts/confirm.html", email=found.email)


@blueprint.post("/confirm/<code>")
def confirm(code: str) -> Response:
    """Confirm an address."""
    credentials.confirm(db.session(), code)
    db.session().commit()
    flash("Your address is confirmed.", "success")
    return redirect(way_in())


@blueprint.get("/email/<code>")
def new_email(code: str) -> str:
    """Show the button that makes an address the user's own."""
    found = codes.find_code(db.session(), code, Purpose.EMAIL)
    return render_template("accounts/confirm.html", email=found.email)


@blueprint.post("/email/<code>")
def change_email(code: str) -> Response:
    """Make an address the user's own."""
    letter = credentials.change_email(db.session(), code)
    db.session().commit()
    mail.send(letter)
    flash("Your address has been changed.", "success")
    return redirect(way_in())


@blueprint.get("/reset")
def forgotten() -> str:
    """Show the form for a forgotten password."""
    return render_template("accounts/forgotten.html", form=EmailForm())


@blueprint.post("/reset")
@limited("reset", "10 per 3 minutes")
def ask_reset() -> Response | tuple[str, int]:
    """Write to an address, if somebody has it; the answer is the same if nobody has."""
    form = EmailForm()
    if form.validate():
        letter = credentials.ask_reset(db.session(), **form.values())
        db.session().commit()
        mail.send(letter)
        flash("If an account has this address, an e-mail with a link is on its way.", "info")
        return redirect(url_for("accounts.login"))
    return render_template("accounts/forgotten.html", form=form), 422


@blueprint.get("/reset/<code>")
def new_password(code: str) -> str:
    """Show the form for a new password."""
    codes.find_code(db.session(), code, Purpose.RESET)
    return render_template("accounts/reset.html", form=NewPasswordForm())


@blueprint.post("/reset/<code>")
def reset_password(code: str) -> Response | tuple[str, int]:
    """Replace a forgotten password."""
    form = NewPasswordForm()
    if form.validate():
        with explained(form):
            letter = credentials.reset_password(db.session(), code, **form.values())
            db.session().commit()
            mail.send(letter)
            flash("Your password has been changed. Please log in with it.", "success")
            return redirect(url_for("accounts.login"))
    return render_template("accounts/reset.html", form=form), 422


def way_in() -> str:
    """Return where a user goes on whose address is right: by the login, unless they are in."""
    return url_for("accounts.dashboard" if session_user() else "accounts.login")
