"""What is counted, for how long, and what happens when Redis goes and comes back."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app import limits, shared_limits
from app.config import ConfigError, ProductionConfig, load
from app.limits import Memory, amount_and_seconds, caller
from app.shared_limits import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

# Nobody listens there.
UNREACHABLE = "redis://127.0.0.1:1/0"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock, which a test may set."""
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def shared() -> Shared:
    """Return what counts in Redis, which is away."""
    return Shared(UNREACHABLE, "app", Memory())


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("10 per 3 minutes", (10, 180)),
        ("1 per 1 second", (1, 1)),
        ("5 per 2 hours", (5, 7200)),
    ],
)
def test_a_limit_is_read(limit: str, expected: tuple[int, int]) -> None:
    assert amount_and_seconds(limit) == expected


@pytest.mark.parametrize("limit", ["", "10", "10/minute", "10 per 3 moons", "x 1 per 1 minute"])
def test_what_is_no_limit_is_refused(limit: str) -> None:
    with pytest.raises(ValueError, match="is no limit such as '10 per 3 minutes'"):
        amount_and_seconds(limit)


def test_the_window_moves_along(clock: time_machine.Traveller) -> None:
    memory, waits = Memory(), []

    for seconds in (0, 40, 0, 19, 1, 0, 40):
        clock.shift(timedelta(seconds=seconds))
        waits.append(memory.wait("key", 2, 60))

    assert waits == [0, 0, 20, 1, 0, 40, 0]


@pytest.mark.usefixtures("clock")
def test_keys_are_counted_apart() -> None:
    memory = Memory()

    assert [memory.wait(key, 1, 60) for key in ("a", "b", "a")] == [0, 0, 60]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        (None, "None"),  # over a socket of Unix
    ],
)
def test_a_household_is_counted_as_one(address: str | None, counted: str) -> None:
    assert caller(address) == counted


def test_many_addresses_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST", 3)
    memory = Memory()

    for key in "abacd":
        memory.wait(key, 5, 60)

    assert list(memory.calls) == ["a", "c", "d"]


@pytest.mark.parametrize("url", ["localhost:6379", "http://127.0.0.1", "redis://127.0.0.1:port"])
def test_an_address_that_is_not_of_redis_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="REDIS_URL is no address of Redis"):
        Shared(url, "app", Memory())


def test_without_redis_a_process_counts_on_its_own(shared: Shared) -> None:
    assert [shared.wait("key", 1, 60) > 0 for _ in range(2)] == [False, True]


@pytest.mark.usefixtures("app")
def test_an_outage_is_told_once(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared_limits, "PAUSE", 0)

    for _ in range(3):
        shared.wait("key", 9, 60)

    assert caplog.text.count("Redis does not answer") == 1
    assert "127.0.0.1:1" in caplog.text


def test_for_a_while_redis_is_not_asked_again(shared: Shared) -> None:
    shared.wait("key", 1, 60)
    shared.limiter = MovingWindowRateLimiter(MemoryStorage())

    assert shared.wait("key", 1, 60) > 0


def test_redis_is_asked_again_later(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_limits, "PAUSE", 0)
    shared.wait("key", 1, 60)

    shared.limiter = MovingWindowRateLimiter(MemoryStorage())

    assert shared.wait("key", 1, 60) == 0
    assert 59 < shared.wait("key", 1, 60) <= 60


def test_two_processes_that_share_a_storage_count_together() -> None:
    storage = MemoryStorage()
    first, second = Shared(UNREACHABLE, "app", Memory()), Shared(UNREACHABLE, "app", Memory())
    first.limiter, second.limiter = (MovingWindowRateLimiter(storage) for _ in range(2))

    assert [each.wait("key", 2, 60) > 0 for each in (first, second, first)] == [False, False, True]


def test_the_environment_says_where_redis_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load()["REDIS_URL"] == ""

    monkeypatch.setenv("REDIS_URL", UNREACHABLE)

    assert load()["REDIS_URL"] == UNREACHABLE
    assert load("testing")["REDIS_URL"] == ""


@pytest.mark.parametrize(
    ("environ", "processes"),
    [({}, 2), ({"WEB_CONCURRENCY": "1"}, 1), ({"WEB_CONCURRENCY": "8"}, 8)],
)
def test_production_knows_how_many_processes_serve(environ: dict[str, str], processes: int) -> None:
    settings = vars(ProductionConfig(environ))

    assert settings["WEB_CONCURRENCY"] == processes


def test_the_number_of_processes_must_be_one() -> None:
    with pytest.raises(ConfigError, match="WEB_CONCURRENCY must be a number, not 'auto'"):
        ProductionConfig({"WEB_CONCURRENCY": "auto"})


def test_redis_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_limits, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        shared = Shared(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", "app", Memory())
        asking = Thread(target=shared.wait, args=["key", 9, 60], daemon=True)
        asking.start()
        asking.join(5)
        waits = asking.is_alive()

    assert not waits


def test_apps_that_share_a_redis_count_apart(
    make_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    shared = make_app(REDIS_URL=UNREACHABLE, APP_NAME="Mine").extensions["limits"]

    assert shared.limiter.storage.key_prefix == "Mine"
    shared.wait("key", 9, 60)
    assert "127.0.0.1:1" in caplog.text


def test_threads_count_together() -> None:
    class Slow(dict[str, list[float]]):
        def pop(self, *args: Any) -> Any:
            found = super().pop(*args)
            sleep(0.01)
            return found

    memory = Memory()
    memory.calls = Slow()

    with ThreadPoolExecutor(4) as pool:
        waits = [*pool.map(lambda _: memory.wait("key", 2, 60), range(4))]

    assert sorted(wait > 0 for wait in waits) == [False, False, True, True]


def test_a_second_outage_is_told_too(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared_limits, "PAUSE", 0)
    away, back = shared.limiter, MovingWindowRateLimiter(MemoryStorage())

    for limiter in (away, back, away):
        shared.limiter = limiter
        shared.wait("key", 9, 60)

    assert caplog.text.count("Redis does not answer") == 2
