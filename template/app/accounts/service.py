"""Who has an account: takes the session, raises named errors, never commits."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app import db
from app.accounts import codes, logins, passwords
from app.accounts.models import Role, User
from app.errors import ConflictError, Details, ForbiddenError, NotFoundError, UnauthorizedError
from app.pagination import PER_PAGE, Page, ordering, paginate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

LAST = "You are the only administrator: make somebody else one first."


def add_user(
    session: Session, username: str, email: str, password: str, role: Role = Role.USER
) -> User:
    """Add a user. Raises ConflictError if the username or the address is taken."""
    email = email.lower()
    # Hashed before anybody looks whether the address is known, which nobody shall measure.
    password_hash = passwords.hash_password(password)
    with unique(session, username, email):
        user = User(username=username, email=email, password_hash=password_hash, role=role)
        session.add(user)
    return user


def rename(session: Session, user: User, username: str) -> None:
    """Give a user another name. Raises ConflictError if it is taken."""
    with unique(session, username, user.email, user.id):
        user.username = username


@contextmanager
def unique(
    session: Session, username: str, email: str, user_id: int | None = None
) -> Iterator[None]:
    """Write what the block changes. Raises ConflictError if another user has one of the two.

    The look before gives the answer that names the fields; the constraint decides a race, and the
    session can be used after either.
    """
    if details := taken(session, username, email, user_id):
        raise ConflictError(details=details)
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise ConflictError(details=taken(session, username, email, user_id)) from error


def taken(session: Session, username: str, email: str, user_id: int | None) -> Details:
    """Return an error for each of the two that another user has."""
    wanted = {"username": (User.username, username), "email": (User.email, email)}
    details: Details = {}
    for field, (column, value) in wanted.items():
        query = select(User.id).where(
            func.lower(column) == value.lower(), User.id != (user_id or 0)
        )
        if session.scalar(query) is not None:
            details[field] = [f"This {field} is taken already."]
    return details


def authenticate(
    session: Session, email: str, password: str, *, confirmed_only: bool = False
) -> User:
    """Return the user with this address and password.

    Raises the same UnauthorizedError, after the same time, whatever keeps somebody out.
    """
    user = find_by_email(session, email)
    compared = user.password_hash if user else None
    right = passwords.verify_password(compared, password)
    if right:
        # That took long enough for a new password to come, and to end what the old one opens.
        user = find_by_email(session, email, lock=True)
    right = right and user is not None and user.password_hash == compared
    if user is None or not right or not user.active or (confirmed_only and not user.confirmed_at):
        raise UnauthorizedError("The e-mail address or the password is wrong.")
    if passwords.needs_rehash(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    return user


def find_by_email(session: Session, email: str, *, lock: bool = False) -> User | None:
    """Return the user with this address: as it is now and stays until a commit, if that matters."""
    query = select(User).where(User.email == email.lower())
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def get_user(session: Session, user_id: int) -> User:
    """Return a user. Raises NotFoundError."""
    user = db.find(session, User, user_id)
    if user is None:
        raise NotFoundError
    return user


def list_users(session: Session, page: int = 1, per_page: int = PER_PAGE) -> Page[User]:
    """Return a page of all users, the oldest first."""
    query = select(User).order_by(*ordering(User, "created_at"))
    return paginate(session, query, page, per_page)


def promote(session: Session, email: str) -> User:
    """Make a user an administrator. Raises NotFoundError if nobody has this address."""
    user = find_by_email(session, email)
    if user is None:
        raise NotFoundError(f"Nobody has the address {email}.")
    user.role = Role.ADMIN
    return user


def set_role(session: Session, user: User, role: Role, by: User) -> None:
    """Say what a user may do. Raises ConflictError if administrators mean themselves."""
    refuse_own(session, user, by)
    user.role = role


def set_active(session: Session, user: User, by: User, *, active: bool) -> None:
    """Let a user in, or out for good. Raises ConflictError if administrators mean themselves."""
    refuse_own(session, user, by)
    if active:
        user.active = True
    else:
        shut_out(session, user)


def shut_out(session: Session, user: User) -> None:
    """Let a user in no more: every login and every code ends."""
    user.active = False
    logins.end_logins(session, user)
    codes.end_codes(session, user)


def refuse_own(session: Session, user: User, by: User) -> None:
    """Let administrators shut out or demote others only: one is left, whoever does what at once.

    Raises ConflictError, and ForbiddenError for one who was demoted a moment ago.
    """
    if user.id == by.id:
        raise ConflictError("Nobody can take away their own rights.")
    if by.id not in administrators(session):
        raise ForbiddenError


def refuse_last(session: Session, user: User) -> None:
    """See to it that an administrator is left. Raises ConflictError."""
    if user.is_admin and administrators(session) <= {user.id}:
        raise ConflictError(LAST, {"current_password": [LAST]})


def administrators(session: Session) -> set[int]:
    """Return the ids of all administrators; nobody else changes which until a commit."""
    query = select(User.id).where(User.role == Role.ADMIN, User.active).order_by(User.id)
    return {*session.scalars(query.with_for_update())}
