"""Registering on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.forms import RegisterForm, explained
from app.accounts.models import Role, User
from app.errors import ConflictError
from tests.client import flashes
from tests.integration.accounts.forms import both, is_in
from tests.letters import path_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.client import Client

FIELDS = {"username": "eve", "email": "eve@example.com", **both("a long passphrase")}


def test_the_form_is_shown(client: Client) -> None:
    page = client.get("/register").text

    for name in FIELDS:
        assert f'name="{name}"' in page


def test_a_new_user_is_kept_and_led_to_the_login(client: Client, db_session: Session) -> None:
    response = client.submit("/register", **FIELDS)

    user = db_session.query(User).one()
    assert response.location == "/login"
    assert (user.username, user.email, user.role) == ("eve", "eve@example.com", Role.USER)
    assert user.active
    assert user.confirmed_at is None
    said = "We have sent an e-mail to eve@example.com. Please read it, then log in."
    assert flashes(client.get("/login").text) == [("success", said)]
    assert not is_in(client)


def test_a_new_user_gets_a_letter_to_confirm_the_address(
    client: Client, outbox: list[EmailMessage]
) -> None:
    client.submit("/register", **FIELDS | {"email": "Eve@Example.com"})

    (letter,) = outbox
    assert letter["To"] == "eve@example.com"
    assert letter["Subject"].startswith("Welcome to ")
    assert client.get(path_in(letter)).status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "x" * 41}, "username"),
        ({"username": "eve smith"}, "username"),
        ({"username": "<b>eve</b>"}, "username"),
        ({"email": ""}, "email"),
        ({"email": "eve"}, "email"),
        ({"email": "eve@"}, "email"),
        ({"email": "éve@example.com"}, "email"),
        ({"email": "eve@exämple.com"}, "email"),
        ({"email": '"eve"@example.com'}, "email"),
        ({"email": "eve@example.com\r\nBcc: all@example.com"}, "email"),
        ({"email": f"{'x' * 250}@example.com"}, "email"),
        (both(""), "password"),
        (both("shortphrase"), "password"),
        (both("long phrase " * 10 + "too long!"), "password"),
        (both("Password1234"), "password"),
        (both("abababababab"), "password"),
        ({"confirm_password": "another passphrase"}, "confirm_password"),
    ],
)
def test_what_is_not_valid_is_shown_by_field(
    client: Client,
    db_session: Session,
    outbox: list[EmailMessage],
    change: dict[str, str],
    field: str,
) -> None:
    response = client.submit("/register", **FIELDS | change)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert ("The two passwords differ." in response.text) == (field == "confirm_password")
    assert db_session.query(User).count() == 0
    assert outbox == []


@pytest.mark.parametrize(
    "password",
    [
        "twelve chars",
        "a phrase of 64 characters, as long as many take it to be, it is.",
        "long phrase " * 10 + "in  full",
    ],
)
def test_a_password_has_twelve_to_128_characters(client: Client, password: str) -> None:
    assert client.submit("/register", **FIELDS | both(password)).location == "/login"

    assert client.submit("/login", email=FIELDS["email"], password=password[:-1]).status_code == 422
    assert client.submit("/login", email=FIELDS["email"], password=password).location


def test_a_password_is_taken_as_it_is(client: Client) -> None:
    password = "  Grüße an 世界  "
    client.submit("/register", **FIELDS | both(password))

    wrong = client.submit("/login", email=FIELDS["email"], password=password.strip())
    right = client.submit("/login", email=FIELDS["email"], password=password)

    assert (wrong.status_code, right.location) == (422, "/dashboard")


@pytest.mark.parametrize("username", ["ann", "Ann"])
@pytest.mark.usefixtures("user")
def test_a_name_that_is_taken_is_shown_by_field(
    client: Client, db_session: Session, outbox: list[EmailMessage], username: str
) -> None:
    response = client.submit("/register", **FIELDS | {"username": username})

    assert response.status_code == 422
    assert "This username is taken already." in response.text
    assert db_session.query(User).count() == 1
    assert outbox == []


def test_nobody_registers_as_administrator(client: Client, db_session: Session) -> None:
    client.submit("/register", **FIELDS, role="admin", is_admin="1", confirmed_at="2026-01-01")

    user = db_session.query(User).one()
    assert user.role is Role.USER
    assert user.confirmed_at is None


def test_the_form_does_not_send_the_password_back(client: Client) -> None:
    response = client.submit("/register", **FIELDS | {"email": "wrong"})

    assert FIELDS["password"] not in response.text


def test_who_is_logged_in_needs_no_account(auth_client: Client) -> None:
    assert auth_client.get("/register").location == "/dashboard"


def test_a_refusal_that_names_no_field_is_not_swallowed(app: Flask) -> None:
    with (
        app.test_request_context(method="POST"),
        pytest.raises(ConflictError),
        explained(RegisterForm()),
    ):
        raise ConflictError
