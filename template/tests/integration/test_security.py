"""What protects every response and every request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flask import abort, redirect, request, session

from app import create_app
from app.config import CONFIGS, ProductionConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flask import Flask
    from werkzeug.wrappers import Response

    from tests.client import Client

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; "
        "media-src 'self'; object-src 'none'; script-src 'self'; style-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
STATUSES = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)
SITE = "https://example.com"


class Production(ProductionConfig):
    """What production is, with settings that it accepts and one proxy in front."""

    def __init__(self, _environ: Mapping[str, str]) -> None:
        super().__init__(
            {
                "DATABASE_URL": CONFIGS["testing"]({}).DATABASE_URL,
                "JWT_SECRET_KEY": "jwtVq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv",
                "MAIL_URL": "smtp://mail.example.com",
                "PROXY_HOPS": "1",
                "SECRET_KEY": "n5Vq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv",
                "TRUSTED_HOSTS": "example.com",
            }
        )


@pytest.fixture(scope="module")
def strict_app() -> Iterator[Flask]:
    """Return an app as it is in production, which keeps nothing of a test."""
    app = create_app(Production)
    yield app
    app.extensions["database"].engine.dispose()


@pytest.fixture
def answered(strict_app: Flask) -> Iterator[Callable[[Callable[[], Any]], Response]]:
    """Return what asks the app in production by HTTPS for a view of the test's own."""
    view_before = strict_app.view_functions["health.healthz"]

    def answer(view: Callable[[], Any]) -> Response:
        strict_app.view_functions["health.healthz"] = view
        return strict_app.test_client().get("/healthz", base_url=SITE)

    yield answer
    strict_app.view_functions["health.healthz"] = view_before


def protecting(response: Response) -> list[tuple[str, str]]:
    """Return the headers that protect, each as often as it is there."""
    return sorted((name, value) for name, value in response.headers if name in HEADERS)


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/static/style.css"])
def test_every_response_has_the_headers(strict_app: Flask, path: str) -> None:
    with strict_app.test_client().get(path, base_url=SITE) as response:
        assert protecting(response) == sorted(HEADERS.items())


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_has_them_too(
    answered: Callable[[Callable[[], Any]], Response], status: int
) -> None:
    response = answered(lambda: abort(status))

    assert response.status_code == status
    assert protecting(response) == sorted(HEADERS.items())


def test_a_bug_has_them_too(answered: Callable[[Callable[[], Any]], Response]) -> None:
    response = answered(lambda: 1 / 0)

    assert response.status_code == 500
    assert protecting(response) == sorted(HEADERS.items())


def test_what_a_view_says_itself_stands(
    answered: Callable[[Callable[[], Any]], Response],
) -> None:
    response = answered(lambda: ("", {"content-security-policy": "default-src 'self'"}))

    assert response.headers.getlist("Content-Security-Policy") == ["default-src 'self'"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_redirect_has_them_too(answered: Callable[[Callable[[], Any]], Response]) -> None:
    response = answered(lambda: redirect("/"))

    assert response.location == "/"
    assert protecting(response) == sorted(HEADERS.items())


def test_who_asks_another_host_gets_them_too(strict_app: Flask) -> None:
    response = strict_app.test_client().get("/healthz", base_url="https://evil.com")

    assert response.status_code == 400
    assert protecting(response) == sorted(HEADERS.items())


def test_https_is_demanded_only_where_cookies_are_secure(client: Client) -> None:
    expected = {**HEADERS}
    del expected["Strict-Transport-Security"]

    assert protecting(client.get("/healthz")) == sorted(expected.items())


def test_the_cookie_of_a_session_is_for_this_site_and_no_script(
    answered: Callable[[Callable[[], Any]], Response],
) -> None:
    def remember() -> str:
        session["seen"] = "yes"
        return "seen"

    (cookie,) = answered(remember).headers.getlist("Set-Cookie")

    name, *flags = cookie.split("; ")
    assert name.startswith("__Host-session=")
    assert sorted(flags) == ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]


@pytest.mark.parametrize("host", ["evil.com", "example.com.evil.com", "evil.com:443", "localhost"])
def test_only_trusted_hosts_are_answered(strict_app: Flask, host: str) -> None:
    client = strict_app.test_client()

    assert client.get("/healthz", headers={"Host": "example.com"}).status_code == 200
    assert client.get("/healthz", headers={"Host": host}).status_code == 400


def test_a_proxy_cannot_bring_another_host(strict_app: Flask) -> None:
    headers = {"Host": "example.com", "X-Forwarded-Host": "evil.com"}

    assert strict_app.test_client().get("/healthz", headers=headers).status_code == 400


def test_a_proxy_is_believed_only_where_one_stands(app: Flask, strict_app: Flask) -> None:
    headers = {
        "X-Forwarded-For": "7.7.7.7, 9.9.9.9",
        "X-Forwarded-Host": "example.com",
        "X-Forwarded-Proto": "https",
    }
    seen = []

    for each in (app, strict_app):
        with each.test_client() as client:
            assert client.get("/healthz", headers=headers).status_code == 200
            seen.append((request.remote_addr, request.host, request.scheme))

    assert seen == [("127.0.0.1", "localhost", "http"), ("9.9.9.9", "example.com", "https")]


def test_of_two_proxies_both_are_believed(make_app: Callable[..., Flask]) -> None:
    headers = {
        "X-Forwarded-For": "6.6.6.6, 7.7.7.7, 9.9.9.9",
        "X-Forwarded-Host": "example.com, inner",
        "X-Forwarded-Proto": "https, http",
    }

    with make_app(PROXY_HOPS=2).test_client() as client:
        client.get("/healthz", headers=headers)
        assert (request.remote_addr, request.host, request.scheme) == (
            "7.7.7.7",
            "example.com",
            "https",
        )


def test_nothing_else_that_a_proxy_may_send_is_believed(strict_app: Flask) -> None:
    headers = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Port": "1", "Forwarded": "for=6.6.6.6"}

    with strict_app.test_client() as client:
        client.get("/healthz", base_url=SITE, headers=headers)
        assert (request.remote_addr, request.host_url) == ("127.0.0.1", f"{SITE}/")
        assert request.root_path == ""


def test_a_statement_that_fails_does_not_show_its_values(strict_app: Flask) -> None:
    assert strict_app.extensions["database"].engine.hide_parameters is True


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


@pytest.mark.parametrize("name", CONFIGS)
def test_no_configuration_gives_the_cookie_to_scripts_or_other_sites(name: str) -> None:
    kind = CONFIGS[name]

    assert kind.SESSION_COOKIE_HTTPONLY is True
    assert kind.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize("path", ["/", "/nothing", "/healthz", "/static/style.css"])
def test_no_answer_is_for_other_sites_or_kept_on_its_way(client: Client, path: str) -> None:
    with client.get(path, headers={"Origin": "https://evil.com"}) as response:
        assert not [name for name, _ in response.headers if name.startswith("Access-Control-")]
        assert "public" not in response.headers.get("Cache-Control", "")
        assert "max-age" not in response.headers.get("Cache-Control", "")


def test_a_browser_asks_whether_a_file_has_changed(client: Client) -> None:
    with client.get("/static/style.css") as response:
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["ETag"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nothing", "/healthz", "/api/v1/nothing", "/static/favicon.svg"])
def test_every_kind_of_response_has_them(strict_app: Flask, path: str, method: str) -> None:
    with strict_app.test_client().open(path, method=method, base_url=SITE) as response:
        assert protecting(response) == sorted(HEADERS.items())
