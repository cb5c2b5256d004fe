"""What protects every response and request: headers, and whom to believe of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin

HEADERS = {
    # What is not named here is not loaded; no script or style stands in a page itself.
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; "
        "media-src 'self'; object-src 'none'; script-src 'self'; style-src 'self'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which cost nothing where there is none."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Begin an empty session without a cookie, before a key is made to read one."""
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leave an empty session alone that nobody has looked into."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


def init_app(app: Flask) -> None:
    """Protect the app."""
    app.session_interface = Sessions()
    headers = {**HEADERS, **(HSTS if app.config["SESSION_COOKIE_SECURE"] else {})}
    respond = with_headers(app.wsgi_app, [*headers.items()])
    app.wsgi_app = respond  # type: ignore[assignment, method-assign]
    if hops := app.config["PROXY_HOPS"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def with_headers(respond: WSGIApplication, more: list[tuple[str, str]]) -> WSGIApplication:
    """Tell browsers what they must not do with a response, and to come by HTTPS only.

    What a view has said itself stands: of two policies, browsers would keep to both.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, headers: list[tuple[str, str]], problem: Any = None, /
        ) -> Callable[[bytes], object]:
            named = {name.lower() for name, _ in headers}
            added = [(name, value) for name, value in more if name.lower() not in named]
            return start_response(status, headers + added, problem)

        return respond(environ, start)

    return answer
