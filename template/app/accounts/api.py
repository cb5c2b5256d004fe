"""The endpoints of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g

from app import db
from app.accounts import service, tokens
from app.accounts.models import Role
from app.accounts.permissions import current_user, login_required, permission_required
from app.accounts.schemas import (
    LoginSchema,
    PairSchema,
    RefreshSchema,
    RegisterSchema,
    UserSchema,
)
from app.api import SECURITY, PageArguments, envelope, new_blueprint, page_of

if TYPE_CHECKING:
    from app.accounts.models import User
    from app.accounts.tokens import Pair
    from app.pagination import Page

auth = new_blueprint("auth_api", "auth", "Tokens")
users = new_blueprint("users_api", "users", "Users")


@auth.post("/login")
@auth.arguments(LoginSchema)
@auth.response(200, envelope(PairSchema))
def login(body: dict[str, Any]) -> Pair:
    """Log in: give a pair of tokens for an e-mail address and its password."""
    user = service.authenticate(db.session(), body["email"], body["password"])
    pair = tokens.issue(db.session(), user)
    db.session().commit()
    return pair


@auth.post("/refresh")
@auth.arguments(RefreshSchema)
@auth.response(200, envelope(PairSchema))
def refresh(body: dict[str, Any]) -> Pair:
    """Renew: give a new pair for a refresh token, once."""
    pair = tokens.rotate(db.session(), body["refresh_token"])
    db.session().commit()
    return pair


@auth.post("/logout")
@login_required
@auth.doc(security=SECURITY)
@auth.response(204)
def logout() -> None:
    """Log out: end the login that the token belongs to, with all its tokens."""
    db.session().delete(g.login)
    db.session().commit()


@users.get("/")
@permission_required(Role.ADMIN)
@users.doc(security=SECURITY)
@users.arguments(PageArguments, location="query")
@users.response(200, page_of(UserSchema))
def list_users(query: dict[str, int]) -> Page[User]:
    """List users, for administrators."""
    return service.list_users(db.session(), query["page"], query["per_page"])


@users.post("/")
@users.arguments(RegisterSchema)
@users.response(201, envelope(UserSchema))
def register(body: dict[str, Any]) -> User:
    """Register a new user."""
    user = service.register(db.session(), **body)
    db.session().commit()
    return user


@users.get("/me")
@login_required
@users.doc(security=SECURITY)
@users.response(200, envelope(UserSchema))
def show_me() -> User:
    """Show who is logged in."""
    return current_user()
