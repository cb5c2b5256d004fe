"""Logging in and out on the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from flask_login import user_logged_out

from app.accounts.models import Login
from tests.client import flashes, new_client
from tests.factories import PASSWORD
from tests.integration.accounts.forms import COOKIE, is_in, try_login

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.client import Client


def test_the_right_password_leads_to_the_dashboard(client: Client, user: User) -> None:
    response = client.submit("/login", email=user.email, password=PASSWORD)

    assert response.status_code in {302, 303}
    assert response.location == "/dashboard"
    assert client.get("/dashboard").status_code == 200


def test_login_takes_an_address_in_capitals(client: Client, user: User) -> None:
    assert client.submit("/login", email="ANN@Example.com", password=PASSWORD).location
    assert user.id


@pytest.mark.parametrize("field", ["email", "password"])
def test_both_fields_are_needed(client: Client, field: str) -> None:
    fields = {"email": "ann@example.com", "password": PASSWORD, field: ""}

    response = client.submit("/login", **fields)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text


def test_a_wrong_password_lets_nobody_in(client: Client, user: User) -> None:
    response = try_login(client, user, "wrong")

    assert response.status_code == 422
    said = "The e-mail address or the password is wrong."
    assert flashes(response.text) == [("error", said)]
    assert f'value="{user.email}"' in response.text
    assert not is_in(client)


def test_a_login_begins_a_new_session(client: Client, user: User) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = client.csrf_token("/login")

    client.submit("/login", email=user.email, password=PASSWORD)

    with client.session_transaction() as session:
        assert "planted" not in session
    assert client.post("/profile", data={"csrf_token": before}).status_code == 400


def test_a_login_ends_the_one_that_the_browser_had(
    app: Flask, auth_client: Client, other_user: User
) -> None:
    old = auth_client.get_cookie(COOKIE)
    assert old
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        try_login(auth_client, other_user)
        assert "bob" in auth_client.get("/profile").text

        thief = new_client(app)
        thief.set_cookie(COOKIE, old.value)
        assert not is_in(thief)


def test_logging_out_forgets_the_session(auth_client: Client) -> None:
    before = auth_client.csrf_token("/dashboard")
    with auth_client.session_transaction() as session:
        session["planted"] = "by somebody else"

    auth_client.submit("/logout", page="/dashboard")

    with auth_client.session_transaction() as session:
        assert "planted" not in session
    assert auth_client.post("/login", data={"csrf_token": before}).status_code == 400


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

    assert flashes(auth_client.get("/").text) == [("success", "You are logged out.")]


def test_a_link_does_not_log_out(auth_client: Client) -> None:
    assert auth_client.get("/logout").status_code == 405
    assert auth_client.get("/dashboard").status_code == 200


def test_the_session_of_a_user_who_is_gone_is_nobodys(
    auth_client: Client, db_session: Session, user: User
) -> None:
    db_session.delete(user)
    db_session.commit()

    assert auth_client.get("/dashboard").location.startswith("/login")


def test_a_stranger_is_led_back_after_the_login(client: Client, user: User) -> None:
    asked = client.get("/profile?draft=1")
    assert asked.location == "/login?next=/profile?draft%3D1"
    assert flashes(client.get(asked.location).text) == [("info", "Please log in first.")]

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


@pytest.mark.parametrize("path", ["/profile", "/logout", "/profile/password", "/confirm"])
def test_what_was_sent_by_a_stranger_is_not_repeated(client: Client, path: str) -> None:
    assert client.forge(path, page="/login").location == "/login"


def test_who_is_logged_in_need_not_log_in(auth_client: Client) -> None:
    assert auth_client.get("/login").location == "/dashboard"
    assert auth_client.get("/login?next=/profile").location == "/profile"


def test_clients_do_not_share_their_login(
    client: Client, auth_client: Client, other_client: Client
) -> None:
    assert "ann" in auth_client.get("/profile").text
    assert "bob" in other_client.get("/profile").text
    assert client.get("/profile").location.startswith("/login")


def test_a_refusal_is_read_out_at_once(client: Client) -> None:
    page = client.submit("/login", email="ann@example.com", password="wrong").text

    assert 'class="flash flash--error" role="alert"' in page


def test_logging_out_elsewhere_ends_that_login_and_no_other(
    app: Flask, auth_client: Client, user: User
) -> None:
    elsewhere, thief = new_client(app), new_client(app)
    try_login(elsewhere, user)
    stolen = elsewhere.get_cookie(COOKIE)
    assert stolen

    elsewhere.submit("/logout", page="/dashboard")

    thief.set_cookie(COOKIE, stolen.value)
    assert not is_in(thief)
    assert is_in(auth_client)


@pytest.mark.parametrize("path", ["/login", "/register", "/admin/users"])
def test_whoever_is_led_on_is_led_nowhere_else(auth_client: Client, path: str) -> None:
    elsewhere = "https://evil.com/"

    response = auth_client.get(f"{path}?next={elsewhere}", headers={"Referer": elsewhere})

    assert response.location == "/dashboard"


def test_a_change_of_the_profile_leads_nowhere_else(auth_client: Client) -> None:
    sent = {"csrf_token": auth_client.csrf_token("/profile"), "username": "anna"}

    response = auth_client.post("/profile?next=https://evil.com/", data=sent)

    assert response.location == "/profile"
