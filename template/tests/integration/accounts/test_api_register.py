"""How users come through the API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, insert

from app.accounts.models import Role, User
from app.accounts.passwords import verify_password
from tests.client import data_of, error_of, new_client
from tests.integration.accounts.calls import ME, PROTECTED, USERS, seen, try_login, use
from tests.letters import code_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from flask import Flask
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from app.db import Database
    from tests.client import Client

BODY = {"username": "eve", "email": "eve@example.com", "password": "a long passphrase"}
BAD_NAMES = ["", "x" * 41, "eve smith", "eve\n", None]
BAD_ADDRESSES = [
    "eve",
    "eve@example.com\n",
    "eve\u2028@example.com",
    "eve@example.com, ann@example.com",
    f"{'x' * 250}@example.com",
    None,
]


@pytest.fixture
def overtake(database: Database) -> Callable[..., None]:
    """Return what lets a rival take a name or an address after the app has looked for it."""

    def arrange(**taken: str) -> None:
        rival = {"username": "rival", "email": "rival@example.com", "password_hash": "-", **taken}

        def write(connection: Connection, _name: str) -> None:
            connection.execute(insert(User).values(**rival))

        event.listen(database.engine, "savepoint", write, once=True)

    return arrange


def test_a_new_user_is_kept(client: Client, db_session: Session) -> None:
    response = client.post(USERS, json=BODY)

    assert response.status_code == 201
    assert response.json == {"data": {"username": "eve", "email": "eve@example.com"}}
    user = db_session.query(User).one()
    assert (user.username, user.email) == ("eve", "eve@example.com")
    assert (user.role, user.active, user.confirmed_at) == (Role.USER, True, None)
    assert verify_password(user.password_hash, BODY["password"])


def test_a_new_user_is_welcomed_and_can_confirm_the_address(
    client: Client, db_session: Session, outbox: list[EmailMessage]
) -> None:
    client.post(USERS, json=BODY)

    (letter,) = outbox
    assert letter["To"] == "eve@example.com"
    assert use(client, "confirm", code_in(letter)).status_code == 204
    assert db_session.query(User).one().confirmed_at


def test_a_new_user_can_log_in_but_is_not_yet(client: Client) -> None:
    response = client.post(USERS, json=BODY)

    assert "Set-Cookie" not in response.headers
    assert client.get(ME).status_code == 401
    assert try_login(client, BODY["email"], BODY["password"]).status_code == 200


def test_an_address_is_kept_in_small_letters(client: Client, db_session: Session) -> None:
    response = client.post(USERS, json=BODY | {"email": "Eve@Example.COM"})

    assert data_of(response)["email"] == "eve@example.com"
    assert db_session.query(User).one().email == "eve@example.com"


@pytest.mark.parametrize(
    "password", ["  spaces stay  ", "\u00e4\u00f6\u00fc \u00df \U0001f600 passphrase", "x1y" * 42]
)
def test_a_password_is_kept_as_it_is(client: Client, password: str) -> None:
    assert client.post(USERS, json=BODY | {"password": password}).status_code == 201

    assert try_login(client, BODY["email"], password).status_code == 200
    assert try_login(client, BODY["email"], password.strip()[:-1]).status_code == 401


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("username", name) for name in BAD_NAMES],
        *[("email", address) for address in BAD_ADDRESSES],
        ("password", "elevenchars"),
        ("password", None),
    ],
)
def test_what_is_not_valid_is_refused_by_field(
    client: Client, db_session: Session, outbox: list[EmailMessage], field: str, value: object
) -> None:
    response = client.post(USERS, json=BODY | {field: value})

    assert response.status_code == 422
    assert error_of(response)["code"] == "VALIDATION_ERROR"
    assert list(error_of(response)["details"]) == [field]
    assert db_session.query(User).count() == len(outbox) == 0


@pytest.mark.parametrize("field", PROTECTED)
def test_nobody_sets_what_is_not_theirs_to_say(
    client: Client, db_session: Session, field: str
) -> None:
    response = client.post(USERS, json={**BODY, field: PROTECTED[field]})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]
    assert db_session.query(User).count() == 0


@pytest.mark.parametrize("field", list(BODY))
def test_nothing_may_be_missing(client: Client, field: str) -> None:
    response = client.post(USERS, json={name: BODY[name] for name in BODY if name != field})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]


@pytest.mark.parametrize("username", ["ann", "ANN"])
@pytest.mark.parametrize("email", ["eve@example.com", "ann@example.com"])
def test_a_name_that_is_taken_is_a_conflict(
    client: Client, user: User, outbox: list[EmailMessage], username: str, email: str
) -> None:
    response = client.post(USERS, json=BODY | {"username": username, "email": email})

    assert response.status_code == 409
    assert error_of(response) == {
        "code": "CONFLICT",
        "message": "This is taken already.",
        "details": {"username": ["This username is taken already."]},
    }
    assert not outbox
    assert try_login(client, user.email).status_code == 200


@pytest.mark.parametrize("email", ["ann@example.com", "Ann@Example.com"])
def test_only_its_owner_hears_that_an_address_is_known(
    client: Client, db_session: Session, user: User, outbox: list[EmailMessage], email: str
) -> None:
    known = client.post(USERS, json=BODY | {"email": email})
    unknown = client.post(USERS, json=BODY)

    status, text, headers = seen(known)
    assert (status, text.replace("ann@", "eve@"), headers) == seen(unknown)
    first, second = outbox
    assert (first["To"], second["To"]) == ("ann@example.com", "eve@example.com")
    assert first["Subject"] == "You have an account already"
    assert db_session.query(User).count() == 2
    assert try_login(client, user.email, BODY["password"]).status_code == 401


def test_the_constraint_decides_a_race_for_a_name(
    client: Client, db_session: Session, overtake: Callable[..., None]
) -> None:
    overtake(username="eve")

    response = client.post(USERS, json=BODY)

    assert response.status_code == 409
    assert list(error_of(response)["details"]) == ["username"]
    assert db_session.query(User).count() == 0
    assert client.post(USERS, json=BODY).status_code == 201


def test_the_constraint_decides_a_race_for_an_address_and_nobody_hears(
    client: Client,
    db_session: Session,
    outbox: list[EmailMessage],
    overtake: Callable[..., None],
) -> None:
    overtake(email="eve@example.com")

    response = client.post(USERS, json=BODY)

    assert response.status_code == 201
    assert response.json == {"data": {"username": "eve", "email": "eve@example.com"}}
    assert db_session.query(User).one().username == "rival"
    assert outbox[0]["Subject"] == "You have an account already"


@pytest.mark.usefixtures("real_commits")
@pytest.mark.parametrize(
    ("same", "expected"),
    [
        ({}, [201] * 4),
        ({"username": "eve"}, [201] + [409] * 3),
        ({"email": "eve@a.org"}, [201] * 4),
    ],
)
def test_several_can_register_at_once(
    app: Flask, db_session: Session, same: dict[str, str], expected: list[int]
) -> None:
    bodies = [
        {**BODY, "username": f"eve{n}", "email": f"eve{n}@example.com", **same} for n in range(4)
    ]

    with ThreadPoolExecutor(4) as pool:
        answers = [*pool.map(lambda body: new_client(app).post(USERS, json=body), bodies)]

    assert sorted(answer.status_code for answer in answers) == expected
    assert db_session.query(User).count() == (1 if same else 4)
