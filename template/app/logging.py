"""Structured logs in which every line knows its request."""

from __future__ import annotations

import re
import time
import uuid
from typing import TYPE_CHECKING

import structlog
from flask import g, request
from flask.logging import default_handler

if TYPE_CHECKING:
    from flask import Flask, Response

HEADER = "X-Request-ID"
# What a proxy in front may send; anything else is replaced, so that no log line can be forged.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

log = structlog.stdlib.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Log to standard error: JSON in production, lines to read elsewhere."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    default_handler.setFormatter(formatter(as_json=app.config["LOG_JSON"]))
    app.logger.setLevel(app.config["LOG_LEVEL"])
    app.before_request(start)
    app.after_request(finish)


def formatter(*, as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    """Return what turns a log entry, ours or a library's, into a line."""
    last: list[structlog.typing.Processor]
    if as_json:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        last = [structlog.dev.ConsoleRenderer(colors=False)]
    first = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=SHARED, processors=[first, *last])


def start() -> None:
    """Name the request, by the name that a proxy gave it if that is a fair one."""
    given = request.headers.get(HEADER, "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def finish(response: Response) -> Response:
    """Log one line for the request; never its query, headers or body, which may hold secrets."""
    response.headers[HEADER] = g.request_id
    log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        ms=round((time.perf_counter() - g.started) * 1000, 1),
    )
    return response
