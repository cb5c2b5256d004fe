"""The codes of mails: good for one purpose and address, once and soon."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import delete

from app.accounts import codes
from app.accounts.models import Code, Purpose
from app.errors import InvalidError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_code_is_not_stored(db_session: Session, user: User) -> None:
    text = codes.new_code(db_session, user, Purpose.RESET)
    code = db_session.query(Code).one()

    assert text not in vars(code).values()
    assert (code.user, code.purpose, code.email) == (user, Purpose.RESET, user.email)


@pytest.mark.parametrize("purpose", [*Purpose])
def test_a_code_can_be_used_once(db_session: Session, user: User, purpose: Purpose) -> None:
    text = codes.new_code(db_session, user, purpose)

    assert codes.use_code(db_session, text, purpose).user is user
    with pytest.raises(InvalidError):
        codes.use_code(db_session, text, purpose)


def test_a_look_does_not_use_a_code_up(db_session: Session, user: User) -> None:
    text = codes.new_code(db_session, user, Purpose.RESET)

    codes.find_code(db_session, text, Purpose.RESET)

    assert codes.use_code(db_session, text, Purpose.RESET).user is user


@pytest.mark.parametrize(
    ("purpose", "lifetime"),
    [
        (Purpose.CONFIRM, timedelta(days=3)),
        (Purpose.RESET, timedelta(hours=1)),
        (Purpose.EMAIL, timedelta(days=1)),
    ],
)
def test_a_code_ends_by_itself(
    db_session: Session, user: User, purpose: Purpose, lifetime: timedelta
) -> None:
    with time_machine.travel(NOW, tick=False):
        text = codes.new_code(db_session, user, purpose)
    with time_machine.travel(NOW + lifetime - SECOND, tick=False):
        assert codes.find_code(db_session, text, purpose).user is user
    with time_machine.travel(NOW + lifetime, tick=False), pytest.raises(InvalidError) as caught:
        codes.find_code(db_session, text, purpose)

    assert caught.value.details == {"code": [codes.USED_UP]}


@pytest.mark.parametrize("made", [*Purpose])
@pytest.mark.parametrize("wanted", [*Purpose])
def test_a_code_serves_its_own_purpose(
    db_session: Session, user: User, made: Purpose, wanted: Purpose
) -> None:
    text = codes.new_code(db_session, user, made)

    if made is wanted:
        assert codes.find_code(db_session, text, wanted).user is user
    else:
        with pytest.raises(InvalidError):
            codes.find_code(db_session, text, wanted)


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.RESET])
def test_a_code_is_bound_to_its_address(db_session: Session, user: User, purpose: Purpose) -> None:
    text = codes.new_code(db_session, user, purpose)
    user.email = "new@example.com"

    with pytest.raises(InvalidError):
        codes.find_code(db_session, text, purpose)


def test_a_code_of_whoever_is_shut_out_is_none(db_session: Session, user: User) -> None:
    text = codes.new_code(db_session, user, Purpose.RESET)
    user.active = False

    with pytest.raises(InvalidError):
        codes.find_code(db_session, text, Purpose.RESET)


def test_a_new_code_ends_the_one_before(db_session: Session, user: User) -> None:
    old = codes.new_code(db_session, user, Purpose.RESET)
    other = codes.new_code(db_session, user, Purpose.CONFIRM)
    new = codes.new_code(db_session, user, Purpose.RESET)

    with pytest.raises(InvalidError):
        codes.find_code(db_session, old, Purpose.RESET)
    assert codes.find_code(db_session, new, Purpose.RESET).user is user
    assert codes.find_code(db_session, other, Purpose.CONFIRM).user is user


def test_of_two_at_once_one_uses_a_code(
    db_session: Session, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = codes.new_code(db_session, user, Purpose.RESET)
    find = codes.find_code

    def be_overtaken(session: Session, text: str, purpose: Purpose) -> Code:
        found = find(session, text, purpose)
        session.execute(delete(Code).execution_options(synchronize_session=False))
        return found

    monkeypatch.setattr(codes, "find_code", be_overtaken)

    with pytest.raises(InvalidError):
        codes.use_code(db_session, text, Purpose.RESET)


def test_nonsense_is_no_code(db_session: Session) -> None:
    with pytest.raises(InvalidError):
        codes.find_code(db_session, "nonsense", Purpose.RESET)
