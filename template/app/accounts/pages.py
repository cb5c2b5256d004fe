"""The pages of accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from app import db
from app.accounts import service
from app.accounts.forms import LoginForm, ProfileForm, RegisterForm
from app.accounts.models import Role
from app.accounts.permissions import current_user, login_required, permission_required
from app.accounts.session import log_in, log_out, session_user
from app.errors import ConflictError, UnauthorizedError
from app.pagination import page_number
from app.posts import service as posts

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from app.errors import Details

# A path of this site: a second slash, or a backslash that browsers take for one, leads elsewhere.
LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
LATEST = 5

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/register")
def register() -> str | Response:
    """Show the form for a new account."""
    if session_user():
        return redirect(url_for("accounts.dashboard"))
    return render_template("accounts/register.html", form=RegisterForm())


@blueprint.post("/register")
def create() -> Response | tuple[str, int]:
    """Make an account and log its user in."""
    form = RegisterForm()
    if form.validate():
        try:
            user = service.register(db.session(), **form.values())
        except ConflictError as error:
            show(form, error.details)
        else:
            log_in(user)
            db.session().commit()
            flash(f"Welcome, {user.username}.", "success")
            return redirect(url_for("accounts.dashboard"))
    return render_template("accounts/register.html", form=form), 422


@blueprint.get("/login")
def login() -> str | Response:
    """Show the login form."""
    if session_user():
        return redirect(url_for("accounts.dashboard"))
    return render_template("accounts/login.html", form=LoginForm())


@blueprint.post("/login")
def authenticate() -> Response | tuple[str, int]:
    """Log a user in and lead to where they were going."""
    form = LoginForm()
    if form.validate():
        try:
            user = service.authenticate(db.session(), **form.values())
        except UnauthorizedError as error:
            flash(str(error), "error")
        else:
            log_in(user)
            db.session().commit()
            return redirect(destination())
    return render_template("accounts/login.html", form=form), 422


@blueprint.post("/logout")
@login_required
def logout() -> Response:
    """Log the user out."""
    log_out()
    db.session().commit()
    flash("You are logged out.", "success")
    return redirect(url_for("home.index"))


@blueprint.get("/dashboard")
@login_required
def dashboard() -> str:
    """Show users what is theirs."""
    user = current_user()
    own = posts.list_posts(db.session(), per_page=LATEST, author=user)
    return render_template(
        "accounts/dashboard.html", user=user, posts=own.items, post_count=own.total
    )


@blueprint.get("/profile")
@login_required
def profile() -> str:
    """Show the form of the user's own data."""
    user = current_user()
    return render_template("accounts/profile.html", form=ProfileForm(obj=user), user=user)


@blueprint.post("/profile")
@login_required
def update() -> Response | tuple[str, int]:
    """Change the user's own data."""
    user = current_user()
    form = ProfileForm()
    if form.validate():
        try:
            service.update_profile(db.session(), user, **form.values())
        except ConflictError as error:
            show(form, error.details)
        else:
            db.session().commit()
            flash("Your profile is changed.", "success")
            return redirect(url_for("accounts.profile"))
    return render_template("accounts/profile.html", form=form, user=user), 422


@blueprint.get("/admin/users")
@permission_required(Role.ADMIN)
def users() -> str:
    """Show all users to administrators."""
    page = service.list_users(db.session(), page_number(request.args.get("page")))
    return render_template("accounts/users.html", page=page)


def destination() -> str:
    """Return where a login leads: only ever to this site."""
    wanted = request.args.get("next", "")
    return wanted if LOCAL.fullmatch(wanted) else url_for("accounts.dashboard")


def show(form: ProfileForm, details: Details) -> None:
    """Put errors beside the fields that they belong to."""
    for name, messages in details.items():
        form[name].errors = messages
