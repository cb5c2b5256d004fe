"""What needs the password once more through the API: another one, another address, the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.accounts.models import Code, Login
from tests.client import data_of, error_of
from tests.factories import PASSWORD
from tests.integration.accounts.calls import (
    ASK,
    ME,
    NEW_PASSWORD,
    ask,
    bearer,
    logged_in,
    renew,
    seen,
    statuses,
    try_login,
    use,
)
from tests.letters import code_in, text_of

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from app.accounts.tokens import Pair
    from tests.client import Client

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CHANGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "password": ("PUT", f"{ME}/password", {"password": NEW_PASSWORD}),
    "email": ("PUT", f"{ME}/email", {"email": "new@example.com"}),
    "deactivate": ("POST", f"{ME}/deactivate", {}),
}
each_change = pytest.mark.parametrize("change", CHANGES)


def make(client: Client, change: str, pair: Pair | None = None, **fields: Any) -> TestResponse:
    """Ask for a change, with the right password unless the fields say another one."""
    method, path, body = CHANGES[change]
    sent = {"current_password": PASSWORD, **body, **fields}
    headers = bearer(pair["access_token"]) if pair else None
    return client.open(path, method=method, json=sent, headers=headers)


def state_of(user: User) -> tuple[object, ...]:
    """Return what these requests change of a user."""
    return user.username, user.email, user.password_hash, user.active, user.confirmed_at, user.role


@each_change
@pytest.mark.parametrize("typed", ["wrong", f"{PASSWORD} "])
def test_a_wrong_password_changes_nothing(
    api: Client, db_session: Session, user: User, change: str, typed: str
) -> None:
    before = state_of(user)

    response = make(api, change, current_password=typed)

    assert response.status_code == 422
    assert error_of(response)["code"] == "VALIDATION_ERROR"
    assert error_of(response)["details"] == {"current_password": ["This is not your password."]}
    assert state_of(user) == before
    assert db_session.query(Code).count() == 0
    assert api.get(ME).status_code == 200


@each_change
@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"current_password": None}, "current_password"),
        ({"role": "admin"}, "role"),
    ],
)
def test_what_is_not_valid_changes_nothing(
    api: Client, user: User, change: str, fields: dict[str, Any], field: str
) -> None:
    before = state_of(user)

    response = make(api, change, **fields)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]
    assert state_of(user) == before


@each_change
def test_a_login_counts_as_recent_for_half_an_hour(client: Client, user: User, change: str) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        pair = logged_in(client, user)
        clock.shift(timedelta(minutes=14))
        pair = data_of(renew(client, pair["refresh_token"]))
        clock.shift(timedelta(minutes=14))
        pair = data_of(renew(client, pair["refresh_token"]))
        clock.shift(timedelta(minutes=2))

        assert make(client, change, pair).status_code < 300


@each_change
def test_a_stale_login_changes_nothing_and_no_refresh_makes_it_recent(
    client: Client, user: User, outbox: list[EmailMessage], change: str
) -> None:
    before = state_of(user)
    with time_machine.travel(NOW, tick=False) as clock:
        pair = logged_in(client, user)
        clock.shift(timedelta(minutes=30, seconds=1))
        pair = data_of(renew(client, pair["refresh_token"]))

        response = make(client, change, pair)
        still = client.get(ME, headers=bearer(pair["access_token"]))

    assert response.status_code == 401
    assert error_of(response) == {
        "code": "STALE_LOGIN",
        "message": "This needs your password again: please log in once more.",
        "details": {},
    }
    assert still.status_code == 200
    assert state_of(user) == before
    assert not outbox


def test_another_password_ends_every_login_and_gives_a_new_one(
    client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    here, there = logged_in(client, user), logged_in(client, user)

    response = make(client, "password", here)

    assert response.status_code == 200
    assert set(data_of(response)) == set(here)
    assert statuses(client, here) == (401, 401)
    assert statuses(client, there) == (401, 401)
    assert db_session.query(Login).count() == 1
    assert statuses(client, data_of(response)) == (200, 200)
    assert try_login(client, user.email, PASSWORD).status_code == 401
    assert try_login(client, user.email, NEW_PASSWORD).status_code == 200
    (letter,) = outbox
    assert letter["To"] == user.email
    assert NEW_PASSWORD not in text_of(letter)


def test_another_password_ends_the_codes_that_were_sent(
    api: Client, outbox: list[EmailMessage]
) -> None:
    for letter in ASK:
        ask(api, letter)

    make(api, "password")

    for letter, message in zip(ASK, outbox[:3], strict=True):
        assert use(api, letter, code_in(message)).status_code == 422, letter


def test_nobody_else_is_logged_out_by_it(api: Client, other_headers: dict[str, str]) -> None:
    make(api, "password")

    assert api.get(ME, headers=other_headers).status_code == 200


@pytest.mark.parametrize("password", ["elevenchars", "qwertyuiop123"])
def test_a_weak_password_is_refused(api: Client, user: User, password: str) -> None:
    before = state_of(user)

    response = make(api, "password", password=password)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["password"]
    assert state_of(user) == before
    assert api.get(ME).status_code == 200


def test_another_address_counts_once_its_owner_has_said_so(
    api: Client, user: User, outbox: list[EmailMessage]
) -> None:
    response = make(api, "email", email="New@Example.com")

    assert response.status_code == 202
    assert response.json == {"data": {"email": "new@example.com"}}
    assert [letter["To"] for letter in outbox] == ["new@example.com"]
    assert user.email == "ann@example.com"

    confirmed = use(api, "email", code_in(outbox[0]))

    assert (confirmed.status_code, confirmed.data) == (204, b"")
    assert user.email == "new@example.com"
    assert user.confirmed_at
    assert outbox[1]["To"] == "ann@example.com"
    assert try_login(api, "ann@example.com").status_code == 401
    assert try_login(api, "new@example.com").status_code == 200


@pytest.mark.parametrize("email", ["new", "n\u00e9w@example.com", f"{'x' * 250}@example.com"])
def test_what_is_no_address_is_refused(
    api: Client, outbox: list[EmailMessage], email: object
) -> None:
    response = make(api, "email", email=email)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["email"]
    assert not outbox


def test_only_its_owner_hears_that_a_new_address_is_known(
    api: Client, db_session: Session, other_user: User, outbox: list[EmailMessage]
) -> None:
    known = make(api, "email", email=other_user.email.upper())
    assert db_session.query(Code).count() == 0
    unknown = make(api, "email", email="new@example.com")

    status, text, headers = seen(known)
    assert (status, text.replace("bob@", "new@"), headers) == seen(unknown)
    assert [letter["To"] for letter in outbox] == ["bob@example.com", "new@example.com"]
    assert outbox[0]["Subject"] == "You have an account already"


def test_an_address_that_somebody_has_taken_since_is_a_conflict(
    api: Client, db_session: Session, user: User, other_user: User, outbox: list[EmailMessage]
) -> None:
    make(api, "email")
    other_user.email = "new@example.com"
    db_session.commit()

    response = use(api, "email", code_in(outbox[0]))

    assert response.status_code == 409
    assert error_of(response)["details"] == {"email": ["This email is taken already."]}
    assert user.email == "ann@example.com"


def test_whoever_leaves_is_gone_at_once(client: Client, user: User) -> None:
    here, there = logged_in(client, user), logged_in(client, user)

    response = make(client, "deactivate", here)

    assert (response.status_code, response.data) == (204, b"")
    assert not user.active
    assert statuses(client, here) == (401, 401)
    assert statuses(client, there) == (401, 401)
    assert try_login(client, user.email).status_code == 401
