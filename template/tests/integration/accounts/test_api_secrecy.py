"""What the API never says, and the log never keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from app.accounts.models import Code, Login, User
from tests.client import data_of
from tests.factories import PASSWORD
from tests.integration.accounts.calls import (
    AUTH,
    ME,
    NEW_PASSWORD,
    USERS,
    ask,
    bearer,
    logged_in,
    renew,
    use,
)
from tests.letters import code_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from sqlalchemy.orm import Session

    from tests.client import Client

pytestmark = pytest.mark.usefixtures("whole_log")

SECRETS = ("password", "hash", "token", "secret", "code")
WRONG = {"current_password": PASSWORD.upper(), "password": NEW_PASSWORD}
NEW = {"username": "eve", "email": "eve@example.com", "password": NEW_PASSWORD}
Call = tuple[str, str, dict[str, Any] | None]
CALLS: list[Call] = [
    ("GET", USERS, None),
    ("GET", ME, None),
    ("GET", f"{USERS}{{id}}", None),
    ("PATCH", ME, {"username": "anna"}),
    ("PATCH", f"{USERS}{{id}}", {"active": False}),
    ("POST", USERS, NEW),
    ("POST", f"{AUTH}/reset", {"email": "ann@example.com"}),
    ("POST", f"{ME}/confirmation", None),
    ("PUT", f"{ME}/email", {"email": "new@example.com", "current_password": PASSWORD}),
]
REFUSED: list[Call] = [
    ("POST", USERS, NEW | {"is_admin": True}),
    ("POST", USERS, NEW | {"password": PASSWORD * 10}),
    ("POST", f"{AUTH}/login", {"email": "ann@example.com", "password": NEW_PASSWORD}),
    ("POST", f"{AUTH}/refresh", {"refresh_token": PASSWORD}),
    ("POST", f"{AUTH}/password", {"code": PASSWORD, "password": NEW_PASSWORD}),
    ("PUT", f"{ME}/password", WRONG),
    ("POST", f"{ME}/deactivate", WRONG),
]


def keys_of(value: object) -> Iterator[str]:
    """Return the keys at any depth."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from keys_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(each)


def stored(session: Session) -> set[str]:
    """Return every hash that the database holds."""
    columns = (User.password_hash, Login.token_hash, Code.code_hash)
    return {text for column in columns for text in session.scalars(select(column))}


@pytest.mark.parametrize("call", CALLS)
def test_no_answer_holds_a_hash_or_a_token(
    client: Client, db_session: Session, user: User, admin_headers: dict[str, str], call: Call
) -> None:
    method, path, body = call

    response = client.open(path.format(id=user.id), method=method, json=body, headers=admin_headers)

    assert data_of(response)
    keys = set(keys_of(response.json))
    assert not [key for key in keys if any(secret in key for secret in SECRETS)]
    assert not [text for text in stored(db_session) if text in response.text]
    assert PASSWORD not in response.text
    assert NEW_PASSWORD not in response.text


@pytest.mark.parametrize("call", REFUSED)
def test_no_refusal_repeats_what_was_typed(api: Client, call: Call) -> None:
    method, path, body = call

    response = api.open(path, method=method, json=body)

    assert response.status_code in {401, 422}
    assert PASSWORD not in response.text
    assert PASSWORD.upper() not in response.text
    assert NEW_PASSWORD not in response.text


def test_a_pair_of_tokens_holds_no_hash_and_no_address(
    client: Client, db_session: Session, user: User
) -> None:
    pair = logged_in(client, user)

    assert not [text for text in stored(db_session) if text in str(pair)]
    assert user.email not in str(pair)


def test_the_log_keeps_no_secret(
    client: Client,
    user: User,
    outbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    pair = logged_in(client, user)
    renewed = data_of(renew(client, pair["refresh_token"]))
    ask(client, "reset")
    client.put(f"{ME}/password", json=WRONG, headers=bearer(renewed["access_token"]))
    code = code_in(outbox[0])
    use(client, "reset", code)

    assert "/api/v1/auth/login" in caplog.text
    tokens = [each[kind] for each in (pair, renewed) for kind in ("access_token", "refresh_token")]
    for secret in (PASSWORD, PASSWORD.upper(), NEW_PASSWORD, code, *tokens):
        assert secret not in caplog.text


LOGGED: list[Call] = [
    *REFUSED,
    ("POST", USERS, NEW),
    ("PUT", f"{ME}/email", {"email": "new@example.com", "current_password": PASSWORD}),
    ("PUT", f"{ME}/password", {"current_password": PASSWORD, "password": NEW_PASSWORD}),
    ("POST", f"{ME}/deactivate", {"current_password": PASSWORD}),
]


@pytest.mark.parametrize("call", LOGGED)
def test_the_log_keeps_nothing_of_a_body(
    api: Client, caplog: pytest.LogCaptureFixture, call: Call
) -> None:
    method, path, body = call

    api.open(path, method=method, json=body)

    assert path.rstrip("/") in caplog.text
    assert not [word for word in (PASSWORD, PASSWORD.upper(), NEW_PASSWORD) if word in caplog.text]


def test_the_log_keeps_no_token_that_comes_twice(
    client: Client, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    token = logged_in(client, user)["refresh_token"]

    for _ in range(2):
        renew(client, token)

    assert token not in caplog.text
