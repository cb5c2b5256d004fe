"""How often one address may call a view, before it has to wait."""

from __future__ import annotations

import math
import re
import time
from functools import wraps
from ipaddress import IPv6Address, IPv6Network
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

import structlog
from flask import current_app, request
from werkzeug.exceptions import TooManyRequests

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

P = ParamSpec("P")
R = TypeVar("R")

LIMIT = re.compile(r"(\d+) per (\d+) (second|minute|hour)s?")
SECONDS = {"second": 1, "minute": 60, "hour": 3600}
# Who comes from more addresses wants to fill the memory; the oldest are forgotten then.
MOST = 10_000

log = structlog.stdlib.get_logger(__name__)


class Counter(Protocol):
    """Counts calls in a window that moves along with the time."""

    def wait(self, key: str, amount: int, seconds: int) -> float:
        """Count a call, unless there were so many already: return for how long to wait then."""


class Memory:
    """Counts the calls of this process."""

    def __init__(self) -> None:
        self.calls: dict[str, list[float]] = {}
        self.lock = Lock()

    def wait(self, key: str, amount: int, seconds: int) -> float:
        """Count a call, unless there were so many already: return for how long to wait then."""
        now = time.time()
        with self.lock:
            calls = [call for call in self.calls.pop(key, []) if call > now - seconds]
            wait = calls[0] + seconds - now if len(calls) >= amount else 0
            self.calls[key] = calls if wait else [*calls, now]
            if len(self.calls) > MOST:
                del self.calls[next(iter(self.calls))]
        return wait


def init_app(app: Flask) -> None:
    """Count in Redis, for all processes, or where there is none in this one."""
    counter: Counter = Memory()
    if app.config["REDIS_URL"]:
        # Its libraries take long to import, and who has no Redis need not wait for them.
        from app.shared_limits import Shared  # noqa: PLC0415

        counter = Shared(app.config["REDIS_URL"], app.config["APP_NAME"], counter)
    elif app.config["WEB_CONCURRENCY"] > 1:
        log.warning("limits are counted by each process apart; set REDIS_URL")
    app.extensions["limits"] = counter


def limited(name: str, limit: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let an address call a view so often, such as "10 per 3 minutes".

    The views of one name count together. Raises TooManyRequests, which says when to come back.
    """
    amount, seconds = amount_and_seconds(limit)

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            counter: Counter = current_app.extensions["limits"]
            if wait := counter.wait(f"{name}/{caller(request.remote_addr)}", amount, seconds):
                raise TooManyRequests(retry_after=math.ceil(wait))
            return view(*args, **kwargs)

        return counted

    return decorate


def caller(address: str | None) -> str:
    """Return as whom an address is counted: of IPv6, one household has 2**64."""
    try:
        found = IPv6Address(address or "")
    except ValueError:
        return str(address)
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


def amount_and_seconds(limit: str) -> tuple[int, int]:
    """Read a limit. Raises ValueError if it is none."""
    found = LIMIT.fullmatch(limit)
    if found is None:
        raise ValueError(f"{limit!r} is no limit such as '10 per 3 minutes'")
    amount, count, unit = found.groups()
    return int(amount), int(count) * SECONDS[unit]
