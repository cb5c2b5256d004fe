"""Limits that all processes and machines count together, in Redis."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import structlog
from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter

from app.config import ConfigError

if TYPE_CHECKING:
    from app.limits import Counter

# So long, in seconds, a request waits for Redis, and so long none asks it again.
TIMEOUT = 1
PAUSE = 10

log = structlog.stdlib.get_logger(__name__)


class Shared:
    """Counts calls in Redis, and on its own for as long as that does not answer."""

    def __init__(self, url: str, prefix: str, own: Counter) -> None:
        self.own = own
        self.away_until = 0.0
        try:
            storage = RedisStorage(
                url, key_prefix=prefix, wrap_exceptions=True, socket_timeout=TIMEOUT
            )
        except ValueError as error:
            raise ConfigError(f"REDIS_URL is no address of Redis: {error}") from error
        self.limiter = MovingWindowRateLimiter(storage)

    def wait(self, key: str, amount: int, seconds: int) -> float:
        """Count a call, unless there were so many already: return for how long to wait then."""
        if time.monotonic() < self.away_until:
            return self.own.wait(key, amount, seconds)
        try:
            wait = self.wait_in_redis(key, RateLimitItemPerSecond(amount, seconds))
        except StorageError as error:
            if not self.away_until:
                problem = str(error.storage_error)
                log.warning("Redis does not answer; limits are counted apart", problem=problem)
            self.away_until = time.monotonic() + PAUSE
            return self.own.wait(key, amount, seconds)
        self.away_until = 0.0
        return wait

    def wait_in_redis(self, key: str, limit: RateLimitItemPerSecond) -> float:
        """Ask Redis. Raises StorageError if it does not answer."""
        if self.limiter.hit(limit, key):
            return 0
        # At the very end of a window it has just moved on.
        return max(self.limiter.get_window_stats(limit, key).reset_time - time.time(), 1)
