"""What strangers do not find out: neither by patterns nor by the time that an answer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.accounts import passwords, service
from app.errors import UnauthorizedError
from tests.factories import PASSWORD, UserFactory
from tests.unit.accounts.test_service import Spy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pytest.mark.parametrize("fields", [{"active": False}, {"confirmed_at": None}])
def test_a_password_is_hashed_once_for_who_may_not_come_in(
    db_session: Session, monkeypatch: pytest.MonkeyPatch, fields: dict[str, Any]
) -> None:
    somebody = UserFactory.create(**fields)
    spy = Spy(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", spy)

    with pytest.raises(UnauthorizedError):
        service.authenticate(db_session, somebody.email, "wrong", confirmed_only=True)

    assert spy.hashed == ["wrong"]


def test_a_password_is_hashed_for_who_has_none(
    db_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = UserFactory.create(password_hash="!")
    spy = Spy(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", spy)

    with pytest.raises(UnauthorizedError):
        service.authenticate(db_session, somebody.email, "wrong")

    # To compare it with what is no hash takes no time, so it is hashed after that.
    assert spy.hashed == ["wrong", "wrong"]


@pytest.mark.parametrize("email", ["%", "%@example.com", "a_n@example.com"])
@pytest.mark.usefixtures("user")
def test_an_address_is_no_pattern(db_session: Session, email: str) -> None:
    assert service.find_by_email(db_session, email) is None


@pytest.mark.usefixtures("user")
def test_a_name_is_no_pattern(db_session: Session) -> None:
    assert service.add_user(db_session, "a_n", "a_n@example.com", PASSWORD).id
