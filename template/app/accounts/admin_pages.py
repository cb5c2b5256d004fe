"""The pages on which administrators say who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from app import db
from app.accounts import service
from app.accounts.models import Role
from app.accounts.permissions import current_user, permission_required
from app.pagination import page_number

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("admin", __name__, url_prefix="/admin")


@blueprint.get("/users")
@permission_required(Role.ADMIN)
def users() -> str:
    """Show all users."""
    page = service.list_users(db.session(), page_number(request.args.get("page")))
    return render_template("accounts/users.html", page=page, me=current_user())


@blueprint.post("/users/<int:user_id>/role")
@permission_required(Role.ADMIN)
def set_role(user_id: int) -> Response:
    """Say what a user may do."""
    if request.form.get("role") not in [*Role]:
        raise BadRequest
    user = service.get_user(db.session(), user_id)
    service.set_role(db.session(), user, Role(request.form["role"]), current_user())
    db.session().commit()
    flash(f"{user.username} is {'an administrator' if user.is_admin else 'a user'} now.", "success")
    return back()


@blueprint.post("/users/<int:user_id>/active")
@permission_required(Role.ADMIN)
def set_active(user_id: int) -> Response:
    """Let a user in, or out."""
    if request.form.get("active") not in {"yes", "no"}:
        raise BadRequest
    user = service.get_user(db.session(), user_id)
    service.set_active(db.session(), user, current_user(), active=request.form["active"] == "yes")
    db.session().commit()
    flash(f"{user.username} is {'active again' if user.active else 'deactivated'}.", "success")
    return back()


def back() -> Response:
    """Lead to the page of the list on which a button was pressed."""
    number = page_number(request.args.get("page"))
    return redirect(url_for("admin.users", page=number if number > 1 else None))
