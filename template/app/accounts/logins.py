"""Logins: each has a token that proves it, and ends by itself or when somebody ends it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import delete

from app.accounts.models import Code, Login, now

if TYPE_CHECKING:
    from sqlalchemy import CursorResult, Delete, Update
    from sqlalchemy.orm import Session

    from app.accounts.models import User

# What was sent with the old token is on its way when a new one is given.
GRACE = timedelta(minutes=1)


def open_login(session: Session, user: User, lifetime: timedelta) -> tuple[Login, str]:
    """Log a user in somewhere; return the login and the token that proves it."""
    token = new_token()
    login = Login(user=user, token_hash=digest(token), expires_at=now() + lifetime)
    session.add(login)
    session.flush()
    return login, token


def renew(session: Session, login: Login, lifetime: timedelta) -> tuple[Login, str]:
    """Return a new login, as old as the one it follows, and its token; the old one soon ends."""
    successor, token = open_login(session, login.user, lifetime)
    successor.created_at = login.created_at
    login.expires_at = min(login.expires_at, now() + GRACE)
    return successor, token


def is_live(login: Login) -> bool:
    """Tell whether a login has not ended, and its user may still come in."""
    return login.expires_at > now() and login.user.active


def is_recent(login: Login, most: timedelta) -> bool:
    """Tell whether the password of a login was given no longer ago than this."""
    return now() - login.created_at <= most


def end_logins(session: Session, user: User) -> None:
    """Log a user out everywhere."""
    session.execute(delete(Login).where(Login.user_id == user.id))


def purge(session: Session) -> int:
    """Delete the logins and codes that have ended by themselves; return how many."""
    ended = [delete(kind).where(kind.expires_at <= now()) for kind in (Login, Code)]
    return sum(changed(session, statement) for statement in ended)


def changed(session: Session, statement: Delete | Update) -> int:
    """Carry a statement out; return how many rows it has changed."""
    result = cast("CursorResult[Any]", session.execute(statement))
    return result.rowcount


def new_token() -> str:
    """Return a token that nobody can guess."""
    return token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored of a token: who reads the database cannot log in with it."""
    return sha256(token.encode()).hexdigest()
