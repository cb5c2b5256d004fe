"""Logging in and out on the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from flask_login import user_logged_out

from app.accounts.models import Login
from tests.client import new_client
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.client import Client

COOKIE = "session"


def test_the_right_password_leads_to_the_dashboard(client: Client, user: User) -> None:
    response = client.submit("/login", email=user.email, password=PASSWORD)

    assert response.status_code in {302, 303}
    assert response.location == "/dashboard"
    assert client.get("/dashboard").status_code == 200


def test_login_needs_no_small_letters(client: Client, user: User) -> None:
    assert client.submit("/login", email="ANN@Example.com", password=PASSWORD).location
    assert user.id


@pytest.mark.usefixtures("user")
def test_every_wrong_pair_gets_the_same_page(app: Flask) -> None:
    pages = set()
    for email, password in (
        ("ann@example.com", "wrong"),
        ("nobody@example.com", PASSWORD),
    ):
        client = new_client(app)
        response = client.submit("/login", email=email, password=password)
        assert response.status_code == 422
        assert "The e-mail address or the password is not right." in response.text
        assert client.get("/dashboard").status_code != 200
        # Each has its own address and token in the form.
        pages.add(re.sub(r' value="[^"]*"', "", response.text))

    assert len(pages) == 1


@pytest.mark.parametrize("field", ["email", "password"])
def test_both_fields_are_needed(client: Client, field: str) -> None:
    fields = {"email": "ann@example.com", "password": PASSWORD, field: ""}

    response = client.submit("/login", **fields)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text


def test_a_login_begins_a_new_session(client: Client, user: User) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.csrf_token("/login")

    client.submit("/login", email=user.email, password=PASSWORD)

    with client.session_transaction() as session:
        assert "planted" not in session
    assert client.post("/profile", data={"csrf_token": before}).status_code == 400


def test_logging_out_ends_the_login_on_the_server_too(
    app: Flask, auth_client: Client, db_session: Session
) -> None:
    stolen = auth_client.get_cookie(COOKIE)
    assert stolen

    response = auth_client.submit("/logout", page="/dashboard")

    assert response.location == "/"
    assert db_session.query(Login).count() == 0
    thief = new_client(app)
    thief.set_cookie(COOKIE, stolen.value)
    assert thief.get("/dashboard").location.startswith("/login")
    assert auth_client.get("/dashboard").location.startswith("/login")


def test_logging_out_here_keeps_the_login_there(
    app: Flask, auth_client: Client, user: User
) -> None:
    elsewhere = new_client(app)
    elsewhere.submit("/login", email=user.email, password=PASSWORD)

    auth_client.submit("/logout", page="/dashboard")

    assert elsewhere.get("/dashboard").status_code == 200


def test_logging_out_tells_whoever_listens(app: Flask, auth_client: Client) -> None:
    names = []

    def note(_app: Flask, user: User) -> None:
        names.append(user.username)

    with user_logged_out.connected_to(note, app):
        auth_client.submit("/logout", page="/dashboard")

    assert names == ["ann"]


def test_logging_out_says_so(auth_client: Client) -> None:
    auth_client.submit("/logout", page="/dashboard")

    assert "You are logged out." in auth_client.get("/").text


def test_a_link_does_not_log_out(auth_client: Client) -> None:
    assert auth_client.get("/logout").status_code == 405
    assert auth_client.get("/dashboard").status_code == 200


def test_the_session_of_a_user_who_is_gone_is_nobodys(
    auth_client: Client, db_session: Session, user: User
) -> None:
    db_session.delete(user)
    db_session.commit()

    assert auth_client.get("/dashboard").location.startswith("/login")


def test_a_login_ends_after_two_weeks(client: Client, user: User) -> None:
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        client.submit("/login", email=user.email, password=PASSWORD)
        clock.shift(timedelta(days=14) - timedelta(seconds=1))
        assert client.get("/dashboard").status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.get("/dashboard").status_code != 200


def test_a_stranger_is_led_back_after_the_login(client: Client, user: User) -> None:
    asked = client.get("/profile?draft=1")
    assert asked.location == "/login?next=/profile?draft%3D1"
    assert "Please log in first." in client.get(asked.location).text

    response = client.submit(asked.location, email=user.email, password=PASSWORD)

    assert response.location == "/profile?draft=1"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.com",
        "///evil.com",
        "/\\evil.com",
        "\\\\evil.com",
        "http:/evil.com",
        "https://evil.com",
        "https://localhost@evil.com",
        "javascript:alert(1)",
        "\x08//evil.com",
        "/\t/evil.com",
        "evil.com",
        "",
    ],
)
def test_a_login_leads_nowhere_else(client: Client, user: User, target: str) -> None:
    token = client.csrf_token("/login")
    fields = {"email": user.email, "password": PASSWORD, "csrf_token": token}

    response = client.post("/login", query_string={"next": target}, data=fields)

    assert response.location == "/dashboard"


def test_who_is_logged_in_need_not_log_in(auth_client: Client) -> None:
    assert auth_client.get("/login").location == "/dashboard"


def test_clients_do_not_share_their_login(
    client: Client, auth_client: Client, other_client: Client
) -> None:
    assert "ann" in auth_client.get("/profile").text
    assert "bob" in other_client.get("/profile").text
    assert client.get("/profile").location.startswith("/login")
