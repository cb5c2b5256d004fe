"""The cookie of a session, and the token of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app import create_app
from tests.integration.accounts.forms import COOKIE, is_in

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client
    from tests.statements import Statements

PRODUCTION = {"SESSION_COOKIE_NAME": "__Host-session", "SESSION_COOKIE_SECURE": True}


def test_the_token_of_another_session_is_refused(auth_client: Client, other_client: Client) -> None:
    token = other_client.csrf_token("/profile")

    response = auth_client.post("/profile", data={"csrf_token": token})

    assert response.status_code == 400


def test_whoever_is_logged_in_is_found_by_one_statement(
    auth_client: Client, statements: Statements
) -> None:
    with statements(exactly=1):
        page = auth_client.get("/profile").text

    assert "ann@example.com" in page


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Client) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]

    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_cookie_of_production_is_bound_to_its_host() -> None:
    client = create_app({"TESTING": True, **PRODUCTION}).test_client()

    cookie = client.get("/login", base_url="https://example.com").headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie


def test_a_user_sees_an_error_page_even_without_the_database(
    app: Flask, auth_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        response = auth_client.get("/dashboard")
    finally:
        event.remove(engine, "before_cursor_execute", refuse)

    assert response.status_code == 500
    assert "Something went wrong on our side." in response.text


@pytest.mark.parametrize(
    "headers", [{"X-Requested-With": "XMLHttpRequest"}, {"Content-Type": "application/json"}]
)
def test_no_header_stands_in_for_the_token(auth_client: Client, headers: dict[str, str]) -> None:
    assert auth_client.post("/logout", headers=headers).status_code == 400
    assert is_in(auth_client)
