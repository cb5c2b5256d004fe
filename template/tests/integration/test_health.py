"""Alive, and ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import event
from sqlalchemy.exc import OperationalError, SQLAlchemyError

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.client import Client


def test_it_says_that_it_is_alive(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json) == (200, {"status": "ok"})


def test_it_says_that_it_is_ready(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.json) == (200, {"status": "ok", "database": "ok"})


def test_whatever_the_database_refuses_it_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait() -> None:
        raise SQLAlchemyError("QueuePool limit of size 5 overflow 10 reached")

    monkeypatch.setattr("app.health.db.session", wait)

    assert client.get("/readyz").status_code == 503


def test_it_says_that_the_database_is_away(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection to 10.0.0.5 lost"))

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        response, alive = client.get("/readyz"), client.get("/healthz")
    finally:
        event.remove(engine, "before_cursor_execute", refuse)

    assert (response.status_code, alive.status_code) == (503, 200)
    assert response.json == {"status": "unavailable", "database": "unreachable"}
    assert "10.0.0.5" in caplog.text
