"""What matters asks for the password again, and for a login that is not old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.accounts.models import Login
from tests.client import flashes, new_client
from tests.factories import PASSWORD
from tests.integration.accounts.forms import COOKIE, NEW_PASSWORD, both, is_in, try_login
from tests.letters import path_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.client import Client

# What is changed, by which fields, and where that leads.
CHANGES = {
    "/profile/password": (both(NEW_PASSWORD), "/profile"),
    "/profile/email": ({"email": "new@example.com"}, "/profile"),
    "/profile/deactivate": ({}, "/"),
}
START = datetime(2026, 1, 1, tzinfo=UTC)
RECENT = timedelta(minutes=30)

each_change = pytest.mark.parametrize("path", CHANGES)


def change(client: Client, path: str, current: str = PASSWORD, **fields: str) -> tuple[int, str]:
    """Send the form of a change; return the status and where it leads, or what it shows."""
    response = client.submit(path, current_password=current, **CHANGES[path][0] | fields)
    return response.status_code, response.location or response.text


def state(user: User, session: Session) -> tuple[str, str, bool]:
    """Return what these changes are about."""
    session.refresh(user)
    return user.password_hash, user.email, user.active


@each_change
def test_the_password_is_asked_again(
    auth_client: Client,
    db_session: Session,
    user: User,
    outbox: list[EmailMessage],
    path: str,
) -> None:
    before = state(user, db_session)

    for wrong, error in (("wrong", "This is not your password."), ("", "This field is required.")):
        status, page = change(auth_client, path, wrong)
        assert status == 422
        assert f"Current password: {error}" in page
    assert state(user, db_session) == before
    assert outbox == []
    assert is_in(auth_client)


@each_change
def test_a_login_that_is_not_old_will_do(client: Client, user: User, path: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        try_login(client, user)
        clock.shift(RECENT)

        assert change(client, path)[1] == CHANGES[path][1]


@each_change
def test_an_old_login_is_led_to_the_password_and_back(
    client: Client, user: User, path: str
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        try_login(client, user)
        clock.shift(RECENT + timedelta(seconds=1))

        asked = client.get(path)
        assert asked.location == f"/login?next={path}"
        assert "please log in once more." in client.get(asked.location).text
        back = client.submit(asked.location, email=user.email, password=PASSWORD)
        assert back.location == path
        assert client.get(path).status_code == 200


@each_change
def test_an_old_login_changes_nothing(
    client: Client, db_session: Session, user: User, outbox: list[EmailMessage], path: str
) -> None:
    before = state(user, db_session)
    with time_machine.travel(START, tick=False) as clock:
        try_login(client, user)
        token = client.csrf_token(path)
        clock.shift(RECENT + timedelta(seconds=1))
        fields = {"csrf_token": token, "current_password": PASSWORD, **CHANGES[path][0]}

        assert client.post(path, data=fields).location == "/login"
        assert is_in(client)
    assert state(user, db_session) == before
    assert outbox == []


@each_change
def test_a_form_of_another_site_changes_nothing(
    auth_client: Client, db_session: Session, user: User, path: str
) -> None:
    before = state(user, db_session)

    response = auth_client.post(path, data={"current_password": PASSWORD, **CHANGES[path][0]})

    assert response.status_code == 400
    assert state(user, db_session) == before


def test_a_changed_password_logs_out_everywhere_else(
    app: Flask, auth_client: Client, client: Client, user: User, outbox: list[EmailMessage]
) -> None:
    try_login(client, user)
    old = auth_client.get_cookie(COOKIE)
    assert old

    assert change(auth_client, "/profile/password")[1] == "/profile"

    said = "Your password has been changed. You are logged out everywhere else."
    assert flashes(auth_client.get("/profile").text) == [("success", said)]
    assert is_in(auth_client)
    assert not is_in(client)
    thief = new_client(app)
    thief.set_cookie(COOKIE, old.value)
    assert not is_in(thief)
    assert try_login(client, user).status_code == 422
    assert try_login(client, user, NEW_PASSWORD).location == "/dashboard"
    (letter,) = outbox
    assert (letter["To"], letter["Subject"]) == (user.email, "Your password was changed")
    assert path_in(letter) == "/reset"


def test_a_changed_password_leaves_others_logged_in(
    auth_client: Client, other_client: Client
) -> None:
    change(auth_client, "/profile/password")

    assert is_in(other_client)


def test_a_changed_password_begins_a_new_session(auth_client: Client) -> None:
    with auth_client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = auth_client.csrf_token("/profile")

    change(auth_client, "/profile/password")

    with auth_client.session_transaction() as session:
        assert "planted" not in session
    assert auth_client.post("/profile", data={"csrf_token": before}).status_code == 400


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (both("shortphrase"), "password"),
        (both("long phrase " * 10 + "too long!"), "password"),
        (both("Password1234"), "password"),
        ({"confirm_password": "differs from it"}, "confirm_password"),
        (both(""), "password"),
    ],
)
def test_a_new_password_must_be_good(
    auth_client: Client, user: User, client: Client, fields: dict[str, str], field: str
) -> None:
    status, page = change(auth_client, "/profile/password", **fields)

    assert status == 422
    assert f'id="{field}-error"' in page
    assert try_login(client, user).location == "/dashboard"


def test_a_closed_account_lets_nobody_in(
    auth_client: Client, client: Client, db_session: Session, user: User
) -> None:
    try_login(client, user)

    assert change(auth_client, "/profile/deactivate")[1] == "/"

    said = "Your account is closed, and you are logged out everywhere."
    assert flashes(auth_client.get("/").text) == [("success", said)]
    db_session.refresh(user)
    assert user.active is False
    assert db_session.query(Login).count() == 0
    assert not is_in(auth_client)
    assert not is_in(client)
    assert try_login(client, user).status_code == 422


def test_a_session_is_nobodys_as_soon_as_its_user_is_not_active(
    auth_client: Client, db_session: Session, user: User
) -> None:
    assert is_in(auth_client)
    user.active = False
    db_session.commit()

    assert not is_in(auth_client)
