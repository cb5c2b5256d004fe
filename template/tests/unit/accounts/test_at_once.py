"""What others do in the same moment does not let anybody in, or leave nobody to administer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import update

from app.accounts import passwords, service
from app.accounts.models import Role, User
from app.errors import ForbiddenError, UnauthorizedError
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tests.statements import Statements


class Overtaken(PasswordHasher):
    """A hasher that takes so long that another password comes in the meantime."""

    def __init__(self, session: Session, **costs: Any) -> None:
        super().__init__(**costs)
        self.session = session

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        """Compare a password, and replace it."""
        change(self.session, password_hash=self.hash("another good passphrase"))
        return super().verify(hash, password)


def change(session: Session, **values: Any) -> None:
    """Change every user, as another request does: the session does not notice."""
    session.execute(update(User).values(**values), execution_options={"synchronize_session": False})


def test_a_password_that_is_replaced_while_it_is_compared_opens_nothing(
    db_session: Session, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of other costs than the hash that is stored, which a login would renew.
    hasher = Overtaken(db_session, time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", hasher)

    with pytest.raises(UnauthorizedError):
        service.authenticate(db_session, user.email, PASSWORD)

    db_session.refresh(user)
    assert passwords.verify_password(user.password_hash, "another good passphrase")


def test_whoever_was_demoted_a_moment_ago_demotes_nobody(
    db_session: Session, user: User, admin_user: User
) -> None:
    change(db_session, role=Role.USER)

    with pytest.raises(ForbiddenError):
        service.set_role(db_session, user, Role.ADMIN, admin_user)
    with pytest.raises(ForbiddenError):
        service.set_active(db_session, user, admin_user, active=False)

    assert user.active
    assert not user.is_admin


def test_whoever_was_shut_out_a_moment_ago_shuts_nobody_out(
    db_session: Session, user: User, admin_user: User
) -> None:
    change(db_session, active=False)

    with pytest.raises(ForbiddenError):
        service.set_active(db_session, user, admin_user, active=True)


@pytest.mark.parametrize(
    "ask",
    [
        lambda session, user: service.find_by_email(session, user.email, lock=True),
        lambda session, user: service.authenticate(session, user.email, PASSWORD),
        lambda session, _user: service.administrators(session),
    ],
    ids=["a user", "the user of a login", "the administrators"],
)
def test_what_is_decided_upon_stays_until_the_commit(
    db_session: Session,
    statements: Statements,
    admin_user: User,
    ask: Callable[[Session, User], object],
) -> None:
    with statements() as sent:
        ask(db_session, admin_user)

    # SQLite has no locks of rows: there, whoever writes has waited for all others.
    knows_locks = db_session.get_bind().dialect.name != "sqlite"
    assert ("FOR UPDATE" in sent[-1].text) == knows_locks


def test_administrators_are_held_in_one_order(db_session: Session, statements: Statements) -> None:
    with statements(exactly=1) as sent:
        service.administrators(db_session)

    # Two who begin at different ends would wait for each other for ever.
    assert "ORDER BY" in sent[0].text


def test_whoever_only_looks_holds_nobody_up(
    db_session: Session, user: User, statements: Statements
) -> None:
    with statements(exactly=1) as sent:
        service.find_by_email(db_session, user.email)

    assert "FOR UPDATE" not in sent[0].text
