"""Logins and the tokens that prove them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import time_machine

from app.accounts import logins

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

DAY = timedelta(days=1)


def test_the_token_of_a_login_is_not_stored(db_session: Session, user: User) -> None:
    login, token = logins.open_login(db_session, user, DAY)

    assert login.token_hash == logins.digest(token) != token
    assert login.user is user


def test_no_two_tokens_are_alike() -> None:
    assert len({logins.new_token() for _ in range(100)}) == 100


@time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False)
def test_a_login_ends_after_its_lifetime(db_session: Session, user: User) -> None:
    login, _ = logins.open_login(db_session, user, DAY)

    assert login.expires_at == datetime(2026, 1, 2, tzinfo=UTC)
