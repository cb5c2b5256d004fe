"""Codes: what a mail holds, so that only its reader can use it, once and soon."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from app.accounts.logins import changed, digest, new_token
from app.accounts.models import Code, Purpose, now
from app.errors import InvalidError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

LIFETIMES = {
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.RESET: timedelta(hours=1),
    Purpose.EMAIL: timedelta(days=1),
}
USED_UP = "This link has been used or is too old. Please ask for a new one."


def new_code(session: Session, user: User, purpose: Purpose, email: str | None = None) -> str:
    """Return a code for an address, the user's own if none is given; older ones end."""
    session.execute(delete(Code).where(Code.user_id == user.id, Code.purpose == purpose))
    text = new_token()
    code = Code(
        user=user,
        purpose=purpose,
        code_hash=digest(text),
        email=email or user.email,
        expires_at=now() + LIFETIMES[purpose],
    )
    session.add(code)
    session.flush()
    return text


def find_code(session: Session, text: str, purpose: Purpose) -> Code:
    """Return a code that can be used. Raises InvalidError if it is used up, too old or no code."""
    code = session.scalar(
        select(Code).where(Code.code_hash == digest(text), Code.purpose == purpose)
    )
    if code is None or code.expires_at <= now() or not code.user.active or is_astray(code):
        raise used_up()
    return code


def is_astray(code: Code) -> bool:
    """Tell whether a code went to an address that its user has left since."""
    return code.purpose is not Purpose.EMAIL and code.email != code.user.email


def use_code(session: Session, text: str, purpose: Purpose) -> Code:
    """Use a code up and return it. Raises InvalidError if it cannot be used."""
    code = find_code(session, text, purpose)
    # Of two requests at once, only one deletes it.
    if not changed(session, delete(Code).where(Code.id == code.id)):
        raise used_up()
    return code


def end_codes(session: Session, user: User) -> None:
    """Make the codes of all mails to a user useless."""
    session.execute(delete(Code).where(Code.user_id == user.id))


def used_up() -> InvalidError:
    """Return the error of a code that cannot be used."""
    return InvalidError(USED_UP, {"code": [USED_UP]})
