"""What our app does for each request besides: a name of its own, and a line in the log."""

# mypy: ignore-errors

from __future__ import annotations

import json
import logging
import time
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def log_requests(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Name each request in its response, and log one line for it."""

    def answer(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        name = request.headers.get("X-Request-ID") or uuid.uuid4().hex
        response = get_response(request)
        response["X-Request-ID"] = name
        entry = {
            "event": "request",
            "request_id": name,
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.perf_counter() - begun) * 1000, 1),
        }
        logger.info(json.dumps(entry))
        return response

    return answer
