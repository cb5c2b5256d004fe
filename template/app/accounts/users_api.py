"""The endpoints of users: their own data, and administrators' view of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app import db, mail
from app.accounts import credentials, service, tokens
from app.accounts.models import Role
from app.accounts.permissions import (
    current_user,
    login_required,
    permission_required,
    recent_login_required,
)
from app.accounts.schemas import (
    AccountSchema,
    AddressSchema,
    ChangeEmailSchema,
    ChangePasswordSchema,
    CurrentPasswordSchema,
    PairSchema,
    ProfileSchema,
    RegisteredSchema,
    RegisterSchema,
    RightsSchema,
    UserSchema,
)
from app.api import SECURITY, PageArguments, envelope, new_blueprint, page_of
from app.limits import limited

if TYPE_CHECKING:
    from app.accounts.models import User
    from app.accounts.tokens import Pair
    from app.pagination import Page

blueprint = new_blueprint("users_api", "users", "Users")


@blueprint.post("/")
@limited("register", "10 per 3 minutes")
@blueprint.arguments(RegisterSchema)
@blueprint.response(201, envelope(RegisteredSchema))
def register(body: dict[str, Any]) -> dict[str, Any]:
    """Register a new user; whether somebody has the address, only its owner hears."""
    letter = credentials.register(db.session(), **body)
    db.session().commit()
    mail.send(letter)
    return {"username": body["username"], "email": letter.to}


@blueprint.get("/me")
@login_required
@blueprint.doc(security=SECURITY)
@blueprint.response(200, envelope(UserSchema))
def show_me() -> User:
    """Show who is logged in."""
    return current_user()


@blueprint.patch("/me")
@login_required
@blueprint.doc(security=SECURITY)
@blueprint.arguments(ProfileSchema)
@blueprint.response(200, envelope(UserSchema))
def update_me(body: dict[str, Any]) -> User:
    """Change the user's own data."""
    user = current_user()
    service.rename(db.session(), user, **body)
    db.session().commit()
    return user


@blueprint.put("/me/password")
@recent_login_required
@limited("password", "10 per 3 minutes")
@blueprint.doc(security=SECURITY)
@blueprint.arguments(ChangePasswordSchema)
@blueprint.response(200, envelope(PairSchema))
def change_password(body: dict[str, Any]) -> Pair:
    """Change the password: ends every login and gives the pair of tokens of a new one."""
    user = current_user()
    letter = credentials.change_password(db.session(), user, **body)
    pair = tokens.issue(db.session(), user)
    db.session().commit()
    mail.send(letter)
    return pair


@blueprint.put("/me/email")
@recent_login_required
@limited("password", "10 per 3 minutes")
@blueprint.doc(security=SECURITY)
@blueprint.arguments(ChangeEmailSchema)
@blueprint.response(202, envelope(AddressSchema))
def ask_email(body: dict[str, Any]) -> dict[str, str]:
    """Ask for a code by mail that makes a new address the user's own."""
    letter = credentials.ask_email(db.session(), current_user(), **body)
    db.session().commit()
    mail.send(letter)
    return {"email": letter.to}


@blueprint.post("/me/confirmation")
@login_required
@limited("confirm", "10 per 3 minutes")
@blueprint.doc(security=SECURITY)
@blueprint.response(202, envelope(AddressSchema))
def ask_confirmation() -> User:
    """Ask once more for a code by mail that confirms the user's address."""
    user = current_user()
    letter = credentials.ask_confirmation(db.session(), user)
    db.session().commit()
    mail.send(letter)
    return user


@blueprint.post("/me/deactivate")
@recent_login_required
@limited("password", "10 per 3 minutes")
@blueprint.doc(security=SECURITY)
@blueprint.arguments(CurrentPasswordSchema)
@blueprint.response(204)
def deactivate(body: dict[str, Any]) -> None:
    """End the user's account, until an administrator opens it again."""
    credentials.deactivate(db.session(), current_user(), **body)
    db.session().commit()


@blueprint.get("/")
@permission_required(Role.ADMIN)
@blueprint.doc(security=SECURITY)
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(AccountSchema))
def list_users(query: dict[str, int]) -> Page[User]:
    """List users, for administrators."""
    return service.list_users(db.session(), query["page"], query["per_page"])


@blueprint.get("/<int:user_id>")
@permission_required(Role.ADMIN)
@blueprint.doc(security=SECURITY)
@blueprint.response(200, envelope(AccountSchema))
def show_user(user_id: int) -> User:
    """Show a user, for administrators."""
    return service.get_user(db.session(), user_id)


@blueprint.patch("/<int:user_id>")
@permission_required(Role.ADMIN)
@blueprint.doc(security=SECURITY)
@blueprint.arguments(RightsSchema)
@blueprint.response(200, envelope(AccountSchema))
def set_rights(body: dict[str, Any], user_id: int) -> User:
    """Say what a user may do, for administrators."""
    user = service.get_user(db.session(), user_id)
    if "role" in body:
        service.set_role(db.session(), user, Role(body["role"]), current_user())
    if "active" in body:
        service.set_active(db.session(), user, current_user(), active=body["active"])
    db.session().commit()
    return user
