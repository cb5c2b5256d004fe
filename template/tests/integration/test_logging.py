"""Log lines that can be searched, and that hold no secret."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from flask.logging import default_handler

from app import create_app

if TYPE_CHECKING:
    from tests.client import Client


@pytest.fixture(autouse=True)
def lines_to_read_again() -> Any:
    """Give the process its own formatter back."""
    formatter = default_handler.formatter
    yield
    default_handler.setFormatter(formatter)


def written(caplog: pytest.LogCaptureFixture, event: str = "request") -> str:
    """Return the line that the app's own handler makes of an entry."""
    (record,) = [entry for entry in caplog.records if event in str(entry.msg)]
    line: str = default_handler.format(record)
    return line


def test_each_response_names_its_request(client: Client) -> None:
    first, second = (client.get("/healthz").headers["X-Request-ID"] for _ in range(2))

    assert re.fullmatch("[0-9a-f]{32}", first)
    assert first != second


def test_the_name_that_a_proxy_gave_is_kept(client: Client) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": "trace-1234.abc"})

    assert response.headers["X-Request-ID"] == "trace-1234.abc"


@pytest.mark.parametrize("name", ["short", "x" * 65, "with space", "a=b;c=d;e=f", '"quoted-id"'])
def test_a_name_that_could_forge_a_line_is_not(client: Client, name: str) -> None:
    response = client.get("/healthz", headers={"X-Request-ID": name})

    assert response.headers["X-Request-ID"] != name


def test_a_request_is_one_line_of_json_in_production(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app({"TESTING": True, "LOG_JSON": True}).test_client()

    with caplog.at_level(logging.INFO):
        client.get("/healthz?token=hunter2", headers={"X-Request-ID": "trace-1234"})

    line = written(caplog)
    entry = json.loads(line)
    assert "\n" not in line
    assert "hunter2" not in line
    assert {name: entry[name] for name in ("event", "method", "path", "status", "request_id")} == {
        "event": "request",
        "method": "GET",
        "path": "/healthz",
        "status": 200,
        "request_id": "trace-1234",
    }
    assert entry["ms"] >= 0
    assert entry["timestamp"].endswith("Z")


def test_a_line_break_cannot_forge_a_line(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app({"TESTING": True, "LOG_JSON": True}).test_client()

    with caplog.at_level(logging.INFO):
        client.get("/nothing%0a%7B%22event%22:%22forged%22%7D")

    assert "\n" not in written(caplog)


def test_a_request_is_a_line_to_read_elsewhere(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app("testing").test_client()

    with caplog.at_level(logging.INFO):
        client.get("/healthz")

    assert "method=GET" in written(caplog)
    assert "path=/healthz" in written(caplog)


def test_a_line_of_the_libraries_looks_the_same(caplog: pytest.LogCaptureFixture) -> None:
    create_app({"TESTING": True, "LOG_JSON": True})

    with caplog.at_level(logging.WARNING):
        logging.getLogger("library").warning("disk %s", "full")

    assert json.loads(written(caplog, "disk"))["event"] == "disk full"


def test_a_bug_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    create_app({"TESTING": True, "LOG_JSON": True})

    with caplog.at_level(logging.ERROR):
        try:
            int("broken")
        except ValueError:
            structlog.stdlib.get_logger("app.test").exception("failed")
            line = written(caplog, "failed")

    assert "ValueError: invalid literal" in json.loads(line)["exception"]


def test_one_request_does_not_name_the_next(client: Client) -> None:
    client.get("/healthz", headers={"X-Request-ID": "trace-1234"})
    client.get("/healthz")

    assert structlog.contextvars.get_contextvars()["request_id"] != "trace-1234"
