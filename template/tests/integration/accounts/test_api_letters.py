"""What the code of a letter does through the API: one thing, once, soon, for one address."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from tests.client import data_of, error_of
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.calls import (
    ASK,
    AUTH,
    ME,
    NEW_PASSWORD,
    USE,
    ask,
    logged_in,
    seen,
    statuses,
    try_login,
    use,
)
from tests.letters import code_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from tests.client import Client

NOW = datetime(2026, 1, 1, tzinfo=UTC)
USED_UP = "This link has been used or is too old. Please ask for a new one."
each_letter = pytest.mark.parametrize("letter", ASK)


def assert_used_up(response: TestResponse) -> None:
    """Fail unless an answer says that a code cannot be used."""
    assert response.status_code == 422, response.text
    assert error_of(response) == {
        "code": "VALIDATION_ERROR",
        "message": USED_UP,
        "details": {"code": [USED_UP]},
    }


@each_letter
def test_a_code_works_once(api: Client, outbox: list[EmailMessage], letter: str) -> None:
    assert ask(api, letter).status_code == 202
    code = code_in(outbox[0])

    first = use(api, letter, code)

    assert (first.status_code, first.data) == (204, b"")
    assert_used_up(use(api, letter, code))


@pytest.mark.parametrize(("asked", "used"), [*permutations(ASK, 2)])
def test_a_code_does_nothing_else(
    api: Client, user: User, outbox: list[EmailMessage], asked: str, used: str
) -> None:
    ask(api, asked)

    assert_used_up(use(api, used, code_in(outbox[0])))
    assert (user.email, user.confirmed_at) == ("ann@example.com", None)
    assert use(api, asked, code_in(outbox[0])).status_code == 204


@each_letter
@pytest.mark.parametrize("code", ["x" * 43, "\u00e4"])
def test_what_is_no_code_is_refused(client: Client, letter: str, code: str) -> None:
    assert_used_up(use(client, letter, code))


@each_letter
@pytest.mark.parametrize(
    ("change", "field"), [({"code": None}, "code"), ({"user_id": 1}, "user_id")]
)
def test_a_request_that_is_not_valid_is_refused_by_field(
    client: Client, letter: str, change: dict[str, Any], field: str
) -> None:
    path, body = USE[letter]

    response = client.post(path, json={"code": "x", **body, **change})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]


def test_an_address_is_confirmed(api: Client, user: User, outbox: list[EmailMessage]) -> None:
    response = ask(api, "confirm")

    assert response.status_code == 202
    assert response.json == {"data": {"email": "ann@example.com"}}
    assert data_of(api.get(ME))["confirmed_at"] is None
    assert outbox[0]["To"] == user.email
    use(api, "confirm", code_in(outbox[0]))
    assert user.confirmed_at
    assert data_of(api.get(ME))["confirmed_at"] == user.confirmed_at.isoformat()


def test_what_is_confirmed_needs_no_other_letter(
    api: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    user.confirmed_at = NOW
    db_session.commit()

    assert ask(api, "confirm").status_code == 202
    assert not outbox
    assert user.confirmed_at == NOW


@pytest.mark.parametrize("letter", ["confirm", "email"])
def test_a_stranger_gets_no_letter(client: Client, outbox: list[EmailMessage], letter: str) -> None:
    assert ask(client, letter).status_code == 401
    assert not outbox


def test_a_reset_replaces_the_password_and_ends_every_login(
    client: Client, user: User, outbox: list[EmailMessage]
) -> None:
    pairs = [logged_in(client, user), logged_in(client, user)]
    ask(client, "reset")

    assert use(client, "reset", code_in(outbox[0])).status_code == 204

    assert [statuses(client, pair) for pair in pairs] == [(401, 401)] * 2
    assert try_login(client, user.email, PASSWORD).status_code == 401
    assert try_login(client, user.email, NEW_PASSWORD).status_code == 200
    assert user.confirmed_at
    assert [letter["To"] for letter in outbox] == [user.email] * 2


@pytest.mark.parametrize("password", ["elevenchars", "qwertyuiop123"])
def test_a_weak_password_is_refused_and_the_code_still_works(
    client: Client, user: User, outbox: list[EmailMessage], password: str
) -> None:
    ask(client, "reset")
    code = code_in(outbox[0])
    before = user.password_hash

    response = client.post(f"{AUTH}/password", json={"code": code, "password": password})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["password"]
    assert user.password_hash == before
    assert use(client, "reset", code).status_code == 204


@pytest.mark.usefixtures("user")
def test_nobody_hears_who_has_an_account(client: Client, outbox: list[EmailMessage]) -> None:
    UserFactory.create(username="out", active=False)
    addresses = ("ann@example.com", "out@example.com", "who@example.com")

    answers = [client.post(f"{AUTH}/reset", json={"email": email}) for email in addresses]

    assert answers[0].status_code == 202
    assert answers[0].json == {"data": {"email": "ann@example.com"}}
    told = [seen(answer) for answer in answers]
    for email, (status, text, headers) in zip(addresses, told, strict=True):
        assert (status, text.replace(email, addresses[0]), headers) == told[0]
    assert [letter["To"] for letter in outbox] == ["ann@example.com"]


@pytest.mark.parametrize("email", ["ann", None])
def test_a_reset_needs_an_address(client: Client, email: object) -> None:
    response = client.post(f"{AUTH}/reset", json={"email": email})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["email"]
