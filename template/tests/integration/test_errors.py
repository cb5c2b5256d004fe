"""What errors are called, and what their handlers leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import abort, make_response
from sqlalchemy.orm.exc import StaleDataError

from app.errors import (
    AppError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthorizedError,
)

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client

NAMED: dict[type[AppError], tuple[int, str]] = {
    UnauthorizedError: (401, "UNAUTHORIZED"),
    ForbiddenError: (403, "FORBIDDEN"),
    NotFoundError: (404, "NOT_FOUND"),
    ConflictError: (409, "CONFLICT"),
    InvalidError: (422, "VALIDATION_ERROR"),
}


@pytest.mark.parametrize("error", NAMED)
def test_each_error_has_a_status_and_a_code(error: type[AppError]) -> None:
    assert (error.status, error.code) == NAMED[error]


def test_an_answer_that_a_view_has_made_itself_is_kept(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pour() -> None:
        abort(make_response("tea", 418))

    monkeypatch.setitem(app.view_functions, "health.healthz", pour)

    response = client.get("/healthz")

    assert (response.status_code, response.text) == (418, "tea")


def test_a_row_that_was_removed_in_this_moment_is_not_found(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change() -> None:
        raise StaleDataError

    monkeypatch.setitem(app.view_functions, "health.healthz", change)

    assert client.get("/healthz").status_code == 404
