"""What protects every response and request: headers, and whom to believe of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from flask import Flask, Response

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
HSTS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Protect the app."""
    app.after_request(add_secure_headers)
    if app.config["SESSION_COOKIE_SECURE"]:
        app.after_request(require_https)
    if hops := app.config["PROXY_HOPS"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def add_secure_headers(response: Response) -> Response:
    """Tell browsers what they must not do with a response."""
    response.headers.extend(HEADERS)
    return response


def require_https(response: Response) -> Response:
    """Tell browsers to come by HTTPS only from now on."""
    response.headers["Strict-Transport-Security"] = HSTS
    return response
