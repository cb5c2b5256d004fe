"""Log lines that can be searched, and that hold no secret."""

from __future__ import annotations

import json
import logging
import re
import time
from typing import TYPE_CHECKING

import pytest
import structlog
from flask.logging import default_handler

from app import create_app
from app.config import ConfigError
from app.logging import Formatter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.client import Client


def written(
    caplog: pytest.LogCaptureFixture, event: str = "request", *, as_json: bool = True
) -> str:
    """Return the line that is made of an entry, in production or elsewhere."""
    (record,) = [entry for entry in caplog.records if event in str(entry.msg)]
    return Formatter(as_json=as_json).format(record)


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


def test_a_request_is_one_line_of_json_in_production(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
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


def test_a_request_says_how_many_milliseconds_it_took(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait() -> str:
        time.sleep(0.01)
        return ""

    monkeypatch.setitem(app.view_functions, "health.healthz", wait)

    client.get("/healthz")

    assert 10 <= json.loads(written(caplog))["ms"] < 900


def test_what_may_open_an_account_is_not_written(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "hunter2" * 6

    client.post(
        f"/nothing/{secret}?code={secret}",
        json={"password": secret},
        headers={"Authorization": f"Bearer {secret}", "Cookie": f"session={secret}"},
    )

    assert json.loads(written(caplog))["path"] == "/nothing/***"
    assert "hunter2" not in caplog.text


def test_a_request_that_fails_puts_no_secret_into_the_log(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "hunter2" * 6
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "static", lambda filename: 1 / len(filename[99:]))

    assert client.get(f"/static/{secret}").status_code == 500

    line = written(caplog, "Exception on")
    assert json.loads(line)["event"] == "Exception on /static/*** [GET]"
    assert "hunter2" not in line


@pytest.mark.parametrize("path", ["/static/style.css", f"/nothing/{'x' * 39}"])
def test_another_address_is_written_as_it_is(
    client: Client, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with client.get(path):
        assert json.loads(written(caplog))["path"] == path


def test_a_line_break_cannot_forge_a_line(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/nothing%0a%7B%22event%22:%22forged%22%7D")

    assert "\n" not in written(caplog)


def test_a_request_is_a_line_to_read_elsewhere(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/healthz")

    line = written(caplog, as_json=False)
    assert "method=GET" in line
    assert "path=/healthz" in line


@pytest.fixture
def other_logs() -> Iterator[None]:
    """Let a test make apps whose log is another, and put the log of all tests back."""
    handlers = [default_handler, logging.lastResort]
    before = [handler and handler.formatter for handler in handlers]
    yield
    for handler, formatter in zip(handlers, before, strict=True):
        assert handler
        handler.setFormatter(formatter)


@pytest.mark.usefixtures("other_logs")
@pytest.mark.parametrize("as_json", [True, False])
def test_an_app_writes_its_log_as_its_settings_say(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *, as_json: bool
) -> None:
    library = logging.getLogger("library")
    monkeypatch.setattr(library, "parent", None)  # which pytest listens to
    create_app({"TESTING": True, "LOG_JSON": as_json})

    default_handler.handle(logging.makeLogRecord({"msg": "started", "levelname": "INFO"}))
    library.warning("disk %s", "full")

    ours, theirs = capsys.readouterr().err.splitlines()
    assert ours.startswith("{") is theirs.startswith("{") is as_json
    assert "started" in ours
    assert "disk full" in theirs


@pytest.mark.usefixtures("other_logs")
def test_a_level_that_there_is_not_is_refused() -> None:
    with pytest.raises(ConfigError, match="LOG_LEVEL is no level of a log: 'VERBOSE'"):
        create_app({"TESTING": True, "LOG_LEVEL": "VERBOSE"})


def test_lines_go_to_standard_error(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    default_handler.handle(logging.makeLogRecord({"msg": "started", "levelname": "INFO"}))

    assert "started" in capsys.readouterr().err
    assert app.logger.level == logging.INFO


def test_a_request_is_no_line_where_only_warnings_are_asked_for(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    before = app.logger.level
    app.logger.setLevel(logging.WARNING)
    try:
        response = client.get("/healthz")
    finally:
        app.logger.setLevel(before)

    assert response.headers["X-Request-ID"]
    assert not caplog.records


def test_a_dict_of_a_library_names_its_request_too(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/healthz", headers={"X-Request-ID": "trace-1234"})
    logging.getLogger("library").warning({"disk": "full"})

    entry = json.loads(written(caplog, "disk"))
    assert entry["event"] == "{'disk': 'full'}"
    assert entry["request_id"] == "trace-1234"


def test_what_a_feature_tells_names_its_request(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell() -> str:
        structlog.get_logger("app.feature").warning("told", of={"a feature"})
        return ""

    monkeypatch.setitem(app.view_functions, "health.healthz", tell)

    client.get("/healthz", headers={"X-Request-ID": "trace-1234"})

    entry = json.loads(written(caplog, "told"))
    assert entry["of"] == "{'a feature'}"
    assert (entry["request_id"], entry["level"]) == ("trace-1234", "warning")


def test_a_line_of_the_libraries_looks_the_same(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        logging.getLogger("library").warning("disk %s", "full")

    assert json.loads(written(caplog, "disk"))["event"] == "disk full"


def test_every_line_says_its_moment_to_the_microsecond() -> None:
    record = logging.makeLogRecord({"msg": "on the second", "created": 0})

    entry = json.loads(Formatter(as_json=True).format(record))

    assert entry["timestamp"] == "1970-01-01T00:00:00.000000Z"


@pytest.mark.usefixtures("app")
def test_a_bug_keeps_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
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


def test_what_a_request_binds_is_not_said_of_the_next(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bind() -> str:
        structlog.contextvars.bind_contextvars(user="ann")
        return ""

    monkeypatch.setitem(app.view_functions, "health.healthz", bind)

    client.get("/healthz")
    client.get("/nothing")

    assert "user" not in structlog.contextvars.get_contextvars()


def test_statements_are_not_logged(app: Flask) -> None:
    assert not app.extensions["database"].engine.echo
