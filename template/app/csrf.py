"""Forms: forged ones are refused, and text that no database keeps.

Every form carries a token that only its own session knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest

from app.errors import AppError, handle_app_error

if TYPE_CHECKING:
    from flask import Flask, Response

# Requests that bring no form.
SAFE = {"GET", "HEAD", "OPTIONS"}
OUTDATED = "This page was out of date, so nothing was saved. Please open it again and repeat it."


class Protection(CSRFProtect):  # type: ignore[misc]
    """Checks the token and the text of every unsafe request."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that is forged, or that no database could keep."""
        if request.method not in SAFE:
            super().protect(apply_exemptions)
            refuse_nul()


csrf = Protection()


def init_app(app: Flask) -> None:
    """Check the text and the token of every unsafe request."""
    csrf.init_app(app)
    app.register_error_handler(CSRFError, explain)


def explain(_error: CSRFError) -> Response:
    """Say what to do, for most such requests come from a page of before a login or logout."""
    return handle_app_error(AppError(OUTDATED))


def refuse_nul() -> None:
    """Refuse a form with a NUL, which no text of PostgreSQL holds and no keyboard writes."""
    if any("\0" in text for texts in request.form.listvalues() for text in texts):
        raise BadRequest
