"""What lets somebody in, and how it is changed: what goes to an address comes back as a Letter.

The caller commits, then sends the letter; it never learns whether an address is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.accounts import codes, logins, passwords, service
from app.accounts.models import Purpose, now
from app.errors import ConflictError, InvalidError
from app.mail import Letter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User


def register(session: Session, username: str, email: str, password: str) -> Letter:
    """Add a user, unless somebody has the address: the letter tells only its reader.

    Raises ConflictError if the username is taken, InvalidError if the password is not good.
    """
    refuse_weak(password)
    try:
        user = service.add_user(session, username, email, password)
    except ConflictError as error:
        if list(error.details) == ["email"]:
            return Letter(email.lower(), "known")
        error.details.pop("email", None)
        raise
    code = codes.new_code(session, user, Purpose.CONFIRM)
    return Letter(user.email, "welcome", {"username": user.username, "code": code})


def ask_confirmation(session: Session, user: User) -> Letter | None:
    """Return a new letter by which users confirm their address, unless they have."""
    if user.confirmed_at:
        return None
    code = codes.new_code(session, user, Purpose.CONFIRM)
    return Letter(user.email, "confirm", {"username": user.username, "code": code})


def confirm(session: Session, code: str) -> User:
    """Confirm the address to which a code went. Raises InvalidError."""
    user = codes.use_code(session, code, Purpose.CONFIRM).user
    user.confirmed_at = now()
    return user


def ask_reset(session: Session, email: str) -> Letter | None:
    """Return the letter by which a forgotten password is replaced, if anybody has the address."""
    user = service.find_by_email(session, email)
    if user is None or not user.active:
        return None
    code = codes.new_code(session, user, Purpose.RESET)
    return Letter(user.email, "reset", {"username": user.username, "code": code})


def reset_password(session: Session, code: str, password: str) -> Letter:
    """Replace a forgotten password, and log its user out everywhere. Raises InvalidError."""
    refuse_weak(password)
    user = codes.use_code(session, code, Purpose.RESET).user
    user.confirmed_at = user.confirmed_at or now()
    return replace_password(session, user, password)


def change_password(session: Session, user: User, current_password: str, password: str) -> Letter:
    """Change a password, and log its user out everywhere. Raises InvalidError."""
    refuse_wrong(user, current_password)
    refuse_weak(password)
    return replace_password(session, user, password)


def replace_password(session: Session, user: User, password: str) -> Letter:
    """Let nothing in that the old password opened."""
    user.password_hash = passwords.hash_password(password)
    logins.end_logins(session, user)
    codes.end_codes(session, user)
    return Letter(user.email, "password_changed", {"username": user.username})


def ask_email(session: Session, user: User, current_password: str, email: str) -> Letter:
    """Return the letter by which a new address is confirmed. Raises InvalidError."""
    refuse_wrong(user, current_password)
    email = email.lower()
    if service.find_by_email(session, email):
        return Letter(email, "known")
    code = codes.new_code(session, user, Purpose.EMAIL, email)
    return Letter(email, "email", {"username": user.username, "code": code})


def change_email(session: Session, code: str) -> Letter:
    """Give a user the address to which a code went; the letter goes to the old one.

    Raises InvalidError, and ConflictError if somebody else has taken the address since.
    """
    used = codes.use_code(session, code, Purpose.EMAIL)
    user, old = used.user, used.user.email
    with service.unique(session, user.username, used.email, user.id):
        user.email = used.email
    user.confirmed_at = now()
    codes.end_codes(session, user)
    return Letter(old, "email_changed", {"username": user.username, "email": user.email})


def deactivate(session: Session, user: User, current_password: str) -> None:
    """Let users shut themselves out.

    Raises InvalidError, and ConflictError for the only administrator.
    """
    refuse_wrong(user, current_password)
    service.refuse_last(session, user)
    service.shut_out(session, user)


def refuse_wrong(user: User, current_password: str) -> None:
    """Ask for the password before what matters."""
    if not passwords.verify_password(user.password_hash, current_password):
        raise InvalidError(details={"current_password": ["This is not your password."]})


def refuse_weak(password: str) -> None:
    """Ask for a password that nobody guesses."""
    if flaw := passwords.flaw_of(password):
        raise InvalidError(details={"password": [flaw]})
