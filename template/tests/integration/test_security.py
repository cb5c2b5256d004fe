"""What protects every response and every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import request, session

from app import create_app

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PRODUCTION = {
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "TRUSTED_HOSTS": ["example.com"],
}


@pytest.fixture
def strict_app() -> Flask:
    """Return an app that is as strict as in production, behind one proxy."""
    return create_app({"TESTING": True, "PROXY_HOPS": 1, **PRODUCTION})


@pytest.mark.parametrize("path", ["/healthz", "/", "/nothing", "/static/style.css"])
def test_every_response_has_the_headers(client: Client, path: str) -> None:
    with client.get(path) as response:
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_bug_has_the_headers_too(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "health.healthz", lambda: 1 / 0)

    response = client.get("/healthz")

    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_https_is_demanded_where_cookies_are_secure(client: Client, strict_app: Flask) -> None:
    response = strict_app.test_client().get("/healthz", headers={"Host": "example.com"})

    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_only_trusted_hosts_are_answered(strict_app: Flask) -> None:
    client = strict_app.test_client()
    hosts = ["example.com", "evil.com", "example.com.evil.com"]

    statuses = [client.get("/healthz", headers={"Host": host}).status_code for host in hosts]

    assert statuses == [200, 400, 400]


def test_a_proxy_is_believed_only_where_one_stands(app: Flask, strict_app: Flask) -> None:
    headers = {"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Host": "example.com"}
    seen = []

    for each in (app, strict_app):
        with each.test_client() as client:
            assert client.get("/healthz", headers=headers).status_code == 200
            seen.append((request.remote_addr, request.host))

    assert seen == [("127.0.0.1", "localhost"), ("9.9.9.9", "example.com")]


def test_a_session_is_there_next_time(client: Client) -> None:
    with client.session_transaction() as before:
        before["seen"] = "yes"

    with client:
        client.get("/healthz")
        assert session["seen"] == "yes"


@pytest.mark.parametrize("cookie", [None, "session=forged", "another=cookie"])
def test_a_request_without_a_session_gets_none(client: Client, cookie: str | None) -> None:
    with client:
        response = client.get("/healthz", headers={"Cookie": cookie} if cookie else {})
        assert dict(session) == {}

    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers
