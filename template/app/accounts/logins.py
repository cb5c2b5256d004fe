"""Logins: each has a token that proves it, and ends by itself or when somebody ends it."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from app.accounts.models import Login

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy.orm import Session

    from app.accounts.models import User


def open_login(session: Session, user: User, lifetime: timedelta) -> tuple[Login, str]:
    """Log a user in somewhere; return the login and the token that proves it."""
    token = new_token()
    login = Login(user=user, token_hash=digest(token), expires_at=datetime.now(UTC) + lifetime)
    session.add(login)
    session.flush()
    return login, token


def new_token() -> str:
    """Return a token that nobody can guess."""
    return token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is stored of a token: who reads the database cannot log in with it."""
    return sha256(token.encode()).hexdigest()
