"""JSON web tokens: a pair for each login, the refresh token good for one use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict

import jwt
from flask import current_app, request
from sqlalchemy import update

from app import db
from app.accounts import logins
from app.accounts.models import Login, now
from app.errors import UnauthorizedError

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from app.accounts.models import User

ALGORITHM = "HS256"
# A token that lacks one of these is refused; "sid" names the login that it belongs to.
CLAIMS = ["exp", "iat", "sub", "jti", "type", "iss", "aud", "sid"]

Kind = Literal["access", "refresh"]


class Pair(TypedDict):
    """What a login gives."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int


def issue(session: Session, user: User) -> Pair:
    """Log a user in; return the login's first pair of tokens."""
    login, secret = logins.open_login(session, user, lifetime_of("refresh"))
    return pair(login, secret)


def rotate(session: Session, token: str) -> Pair:
    """Return a new pair for a refresh token, which is used up by this.

    One that comes a second time has been stolen from one side or the other: the login ends, with
    all its tokens, and that is committed at once. Raises UnauthorizedError.
    """
    claims = decode(token, "refresh")
    secret = logins.new_token()
    # Of two requests at once, only one finds the token unused.
    renewal = (
        update(Login)
        .where(Login.token_hash == logins.digest(claims["jti"]), Login.expires_at > now())
        .values(token_hash=logins.digest(secret), expires_at=now() + lifetime_of("refresh"))
    )
    renewed = logins.changed(session, renewal)
    login = login_of(session, claims)
    if not renewed:
        session.delete(login)
        session.commit()
        raise UnauthorizedError("This token has been used before.")
    return pair(login, secret)


def pair(login: Login, secret: str) -> Pair:
    """Make both tokens of a login."""
    return {
        "access_token": encode(login, "access", logins.new_token()),
        "refresh_token": encode(login, "refresh", secret),
        "token_type": "Bearer",
        "expires_in": int(lifetime_of("access").total_seconds()),
    }


def encode(login: Login, kind: Kind, jti: str) -> str:
    """Make a token of a login."""
    config = current_app.config
    issued = now()
    claims = {
        "exp": issued + lifetime_of(kind),
        "iat": issued,
        "sub": str(login.user.id),
        "jti": jti,
        "type": kind,
        "iss": config["JWT_ISSUER"],
        "aud": config["JWT_AUDIENCE"],
        "sid": name_of(login),
    }
    return jwt.encode(claims, config["JWT_SECRET_KEY"], ALGORITHM)


def decode(token: str, kind: Kind) -> dict[str, Any]:
    """Return the claims of a token. Raises UnauthorizedError unless every one of them holds."""
    config = current_app.config
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            config["JWT_SECRET_KEY"],
            algorithms=[ALGORITHM],
            audience=config["JWT_AUDIENCE"],
            issuer=config["JWT_ISSUER"],
            options={"require": CLAIMS},
        )
    except jwt.InvalidTokenError as error:
        raise UnauthorizedError("The token is not valid.") from error
    if claims["type"] != kind:
        raise UnauthorizedError(f"This is no {kind} token.")
    return claims


def name_of(login: Login) -> str:
    """Return what no other login is ever called: SQLite gives the id of a deleted one again."""
    return f"{login.id}.{login.created_at:%Y%m%d%H%M%S%f}"


def login_of(session: Session, claims: dict[str, Any]) -> Login:
    """Return the login of a token. Raises UnauthorizedError if it has ended."""
    login = db.find(session, Login, int(str(claims["sid"]).partition(".")[0]))
    if login is None or not logins.is_live(login) or claims["sid"] != name_of(login):
        raise UnauthorizedError("This login has ended.")
    if claims["sub"] != str(login.user_id):
        raise UnauthorizedError("This token is of another user.")
    return login


def current_login(session: Session) -> Login:
    """Return the login whose access token the request carries. Raises UnauthorizedError."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise UnauthorizedError
    return login_of(session, decode(authorization.token, "access"))


def lifetime_of(kind: Kind) -> timedelta:
    """Return how long a token lives."""
    lifetime: timedelta = current_app.config[f"{kind.upper()}_TOKEN_LIFETIME"]
    return lifetime
