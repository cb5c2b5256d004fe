"""Structured logs in which every line knows its request."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from flask import g, request
from flask.logging import default_handler
from werkzeug.wsgi import get_path_info

from app.config import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from flask import Flask

HEADER = "X-Request-ID"
NAME = "app.request_id"  # in the environment of a request
# What a proxy in front may send; anything else is replaced, so that no log line can be forged.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

# As long as a secret that stands in an address, which whoever reads the log could use.
CODE = re.compile(r"[A-Za-z0-9_-]{40,}")

logger = logging.getLogger(__name__)
LINE = (__name__, logging.INFO, __file__, 0)


class Entry(dict[str, Any]):
    """What a log line of ours says; a dict that a library logs is none."""


class StandardError:
    """The standard error of the moment."""

    def write(self, text: str) -> None:
        """Write a line, which Python flushes."""
        sys.stderr.write(text)


class Formatter(logging.Formatter):
    """Turns a log entry, ours or a library's, into a line."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.line_of = json_line if as_json else line_to_read

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of an entry."""
        if isinstance(record.msg, Entry):
            entry = record.msg.copy()
        else:
            # Flask names the path of a request that fails.
            event = CODE.sub("***", record.getMessage())
            entry = {"event": event, **structlog.contextvars.get_contextvars()}
        entry["level"] = record.levelname.lower()
        moment = datetime.fromtimestamp(record.created, UTC).replace(tzinfo=None)
        entry["timestamp"] = f"{moment.isoformat(timespec='microseconds')}Z"
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return self.line_of(entry)


def hand_over(
    _logger: object, _method: str, entry: structlog.typing.EventDict
) -> tuple[tuple[Entry], dict[str, Any]]:
    """Hand an entry to the standard library, which knows the level and the time by itself."""
    problem = entry.pop("exc_info", None)
    return (Entry(entry),), {"exc_info": problem}


json_line = json.JSONEncoder(default=repr).encode
to_read = structlog.dev.ConsoleRenderer(colors=False)
# One list for all apps: a logger keeps what it was given first.
PROCESSORS: list[structlog.typing.Processor] = [structlog.contextvars.merge_contextvars, hand_over]


def line_to_read(entry: dict[str, Any]) -> str:
    """Return an entry as a line for a person."""
    return str(to_read(None, "", entry))


def init_app(app: Flask) -> None:
    """Log to standard error: JSON in production, lines to read elsewhere."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = Formatter(as_json=app.config["LOG_JSON"])
    default_handler.setStream(StandardError())  # Flask's own asks each request where to write
    # The last resort is what writes the lines of libraries.
    for handler in filter(None, (default_handler, logging.lastResort)):
        handler.setFormatter(formatter)
    try:
        app.logger.setLevel(app.config["LOG_LEVEL"])
    except ValueError as error:
        raise ConfigError(f"LOG_LEVEL is no level of a log: {app.config['LOG_LEVEL']!r}") from error
    app.wsgi_app = logged(app.wsgi_app)  # type: ignore[assignment, method-assign]
    app.before_request(keep_name)


def logged(respond: WSGIApplication) -> WSGIApplication:
    """Name each request, and log one line for it.

    Never its query, headers or body, which may hold secrets. This is no hook of Flask's, which
    would cost the request more than the line itself.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = time.perf_counter()
        name = environ[NAME] = name_of(environ)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=name)

        def start(
            status: str, headers: list[tuple[str, str]], problem: Any = None, /
        ) -> Callable[[bytes], object]:
            entry = Entry(
                event="request",
                request_id=name,
                method=environ["REQUEST_METHOD"],
                path=CODE.sub("***", get_path_info(environ)),
                status=int(status[:3]),
                ms=round((time.perf_counter() - begun) * 1000, 1),
            )
            if logger.isEnabledFor(logging.INFO):
                # As logger.info does, but nobody need look for who called it.
                logger.handle(logging.LogRecord(*LINE, entry, None, None))
            return start_response(status, [*headers, (HEADER, name)], problem)

        return respond(environ, start)

    return answer


def name_of(environ: WSGIEnvironment) -> str:
    """Return the name that a proxy gave a request if that is a fair one, else a new one."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    return given if REQUEST_ID.fullmatch(given) else os.urandom(16).hex()


def keep_name() -> None:
    """Let pages show the name of their request."""
    g.request_id = request.environ.get(NAME, "")
