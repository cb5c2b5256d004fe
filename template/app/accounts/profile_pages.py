"""The pages on which users change what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, session, url_for

from app import db, mail
from app.accounts import credentials, service
from app.accounts.forms import (
    ChangeEmailForm,
    ChangePasswordForm,
    CurrentPasswordForm,
    ProfileForm,
    explained,
)
from app.accounts.permissions import current_user, login_required, recent_login_required
from app.accounts.session import leave, log_in
from app.limits import limited

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


@blueprint.get("")
@login_required
def show() -> str:
    """Show the form of the user's own data."""
    user = current_user()
    return render_template("accounts/profile.html", form=ProfileForm(obj=user), user=user)


@blueprint.post("")
@login_required
def update() -> Response | tuple[str, int]:
    """Change the user's own data."""
    user = current_user()
    form = ProfileForm()
    if form.validate():
        with explained(form):
            service.rename(db.session(), user, **form.values())
            db.session().commit()
            flash("Your profile is saved.", "success")
            return redirect(url_for("profile.show"))
    return render_template("accounts/profile.html", form=form, user=user), 422


@blueprint.get("/password")
@recent_login_required
def password() -> str:
    """Show the form for another password."""
    return render_template("accounts/password.html", form=ChangePasswordForm())


@blueprint.post("/password")
@recent_login_required
@limited("password", "10 per 3 minutes")
def change_password() -> Response | tuple[str, int]:
    """Change the password: the user stays logged in here, and nowhere else."""
    user = current_user()
    form = ChangePasswordForm()
    if form.validate():
        with explained(form):
            letter = credentials.change_password(db.session(), user, **form.values())
            log_in(user, remember=session.permanent)
            db.session().commit()
            mail.send(letter)
            flash("Your password has been changed. You are logged out everywhere else.", "success")
            return redirect(url_for("profile.show"))
    return render_template("accounts/password.html", form=form), 422


@blueprint.get("/email")
@recent_login_required
def email() -> str:
    """Show the form for another address."""
    return render_template("accounts/email.html", form=ChangeEmailForm(), user=current_user())


@blueprint.post("/email")
@recent_login_required
@limited("password", "10 per 3 minutes")
def ask_email() -> Response | tuple[str, int]:
    """Write to a new address, which is the user's own when its reader has confirmed it."""
    user = current_user()
    form = ChangeEmailForm()
    if form.validate():
        with explained(form):
            letter = credentials.ask_email(db.session(), user, **form.values())
            db.session().commit()
            mail.send(letter)
            flash(f"We have sent an e-mail to {letter.to}. It holds a link to confirm.", "info")
            return redirect(url_for("profile.show"))
    return render_template("accounts/email.html", form=form, user=user), 422


@blueprint.get("/deactivate")
@recent_login_required
def deactivation() -> str:
    """Show the form that ends an account."""
    return render_template("accounts/deactivate.html", form=CurrentPasswordForm())


@blueprint.post("/deactivate")
@recent_login_required
@limited("password", "10 per 3 minutes")
def deactivate() -> Response | tuple[str, int]:
    """End the user's account, until an administrator opens it again."""
    form = CurrentPasswordForm()
    if form.validate():
        with explained(form):
            credentials.deactivate(db.session(), current_user(), **form.values())
            db.session().commit()
            leave()
            flash("Your account is closed, and you are logged out everywhere.", "success")
            return redirect(url_for("home.index"))
    return render_template("accounts/deactivate.html", form=form), 422
