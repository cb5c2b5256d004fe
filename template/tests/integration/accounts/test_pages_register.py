"""Registering on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role, User

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client

FIELDS = {
    "username": "eve",
    "email": "eve@example.com",
    "password": "a long passphrase",
    "confirm_password": "a long passphrase",
}


def both(password: str) -> dict[str, str]:
    """Return the fields of a password that is typed twice."""
    return {"password": password, "confirm_password": password}


def test_the_form_is_shown(client: Client) -> None:
    page = client.get("/register").text

    for name in FIELDS:
        assert f'name="{name}"' in page


def test_a_new_user_is_kept_and_logged_in(client: Client, db_session: Session) -> None:
    response = client.submit("/register", **FIELDS)

    user = db_session.query(User).one()
    assert response.location == "/dashboard"
    assert (user.username, user.email, user.role) == ("eve", "eve@example.com", Role.USER)
    assert "Welcome, eve." in client.get("/dashboard").text


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
        ({"email": f"{'x' * 250}@example.com"}, "email"),
        (both(""), "password"),
        (both("x" * 11), "password"),
        (both("x" * 129), "password"),
        ({"confirm_password": "another passphrase"}, "confirm_password"),
    ],
)
def test_what_is_not_valid_is_shown_by_field(
    client: Client, db_session: Session, change: dict[str, str], field: str
) -> None:
    response = client.submit("/register", **FIELDS | change)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert db_session.query(User).count() == 0


@pytest.mark.parametrize("length", [12, 128])
def test_a_password_has_twelve_to_128_characters(client: Client, length: int) -> None:
    response = client.submit("/register", **FIELDS | both("x" * length))

    assert response.location == "/dashboard"


def test_a_password_is_taken_as_it_is(client: Client, db_session: Session) -> None:
    password = "  Grüße an 世界  "
    client.submit("/register", **FIELDS | both(password))
    client.submit("/logout", page="/dashboard")

    wrong = client.submit("/login", email=FIELDS["email"], password=password.strip())
    right = client.submit("/login", email=FIELDS["email"], password=password)

    assert (wrong.status_code, right.location) == (422, "/dashboard")
    assert db_session.query(User).count() == 1


@pytest.mark.parametrize(("field", "value"), [("username", "ann"), ("email", "ann@example.com")])
@pytest.mark.usefixtures("user")
def test_what_is_taken_is_shown_by_field(
    client: Client, db_session: Session, field: str, value: str
) -> None:
    response = client.submit("/register", **FIELDS | {field: value})

    assert response.status_code == 422
    assert f"This {field} is taken already." in response.text
    assert db_session.query(User).count() == 1


def test_nobody_registers_as_administrator(client: Client, db_session: Session) -> None:
    client.submit("/register", **FIELDS, role="admin", is_admin="1", id="7")

    assert db_session.query(User).one().role is Role.USER


def test_the_form_does_not_send_the_password_back(client: Client) -> None:
    response = client.submit("/register", **FIELDS | {"email": "wrong"})

    assert FIELDS["password"] not in response.text


def test_who_is_logged_in_needs_no_account(auth_client: Client) -> None:
    assert auth_client.get("/register").location == "/dashboard"
