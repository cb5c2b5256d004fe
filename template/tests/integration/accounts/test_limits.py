"""An address that calls a view too often has to wait, however the calls are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.exceptions import TooManyRequests

from app.limits import Memory, limited
from app.shared_limits import Shared
from tests.client import new_client

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.client import Client

# Nobody listens there.
UNREACHABLE = "redis://127.0.0.1:1/0"


@pytest.fixture
def counting(make_app: Callable[..., Flask]) -> Callable[..., Client]:
    """Return what makes an app with a view for two calls a minute, and returns a client of it."""

    def make(**settings: Any) -> Client:
        app = make_app(**settings)
        app.add_url_rule("/twice", "twice", limited("twice", "2 per 1 minute")(lambda: "here"))
        app.add_url_rule("/again", "again", limited("twice", "2 per 1 minute")(lambda: "here"))
        app.add_url_rule("/other", "other", limited("other", "2 per 1 minute")(lambda: "here"))
        return new_client(app)

    return make


def statuses(client: Client, *headers: dict[str, str]) -> list[int]:
    """Call the view once with each of these headers; return the statuses."""
    return [client.get("/twice", headers=each).status_code for each in headers]


def test_the_third_of_two_calls_has_to_wait(counting: Callable[..., Client]) -> None:
    client = counting()

    assert statuses(client, {}, {}, {}) == [200, 200, 429]
    assert 1 <= int(client.get("/twice").headers["Retry-After"]) <= 60


def test_each_address_is_counted_by_itself(counting: Callable[..., Client]) -> None:
    client = counting()
    statuses(client, {}, {}, {})

    client.environ_base["REMOTE_ADDR"] = "9.9.9.9"

    assert statuses(client, {}, {}, {}) == [200, 200, 429]


def test_a_household_has_many_addresses_of_ipv6(counting: Callable[..., Client]) -> None:
    client = counting()
    answers = []

    for last in range(3):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8::{last}"
        answers += statuses(client, {})

    assert answers == [200, 200, 429]


def test_each_name_is_counted_by_itself(counting: Callable[..., Client]) -> None:
    client = counting()
    statuses(client, {}, {})

    assert client.get("/again").status_code == 429
    assert client.get("/other").status_code == 200


def test_another_address_cannot_be_made_up(counting: Callable[..., Client]) -> None:
    made_up = [{"X-Forwarded-For": f"9.9.9.{last}"} for last in range(3)]

    assert statuses(counting(), *made_up) == [200, 200, 429]


def test_only_what_the_proxy_in_front_has_added_is_believed(
    counting: Callable[..., Client],
) -> None:
    made_up = [{"X-Forwarded-For": f"9.9.9.{last}, 8.8.8.8"} for last in range(3)]

    assert statuses(counting(PROXY_HOPS=1), *made_up) == [200, 200, 429]


def test_whoever_comes_by_a_proxy_is_counted_by_themselves(
    counting: Callable[..., Client],
) -> None:
    several = [{"X-Forwarded-For": f"9.9.9.{last}"} for last in range(3)]

    assert statuses(counting(PROXY_HOPS=1), *several) == [200, 200, 200]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_to_count_anew(app: Flask, time: str) -> None:
    view = limited("once", "1 per 1 hour")(lambda: time)

    with app.test_request_context():
        assert view() == time
        with pytest.raises(TooManyRequests):
            view()


def test_calls_are_counted_in_memory_by_default(make_app: Callable[..., Flask]) -> None:
    assert isinstance(make_app().extensions["limits"], Memory)


def test_calls_are_counted_in_redis_where_there_is_one(make_app: Callable[..., Flask]) -> None:
    assert isinstance(make_app(REDIS_URL=UNREACHABLE).extensions["limits"], Shared)


def test_a_limit_holds_without_redis_too(
    counting: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = counting(REDIS_URL=UNREACHABLE)

    assert statuses(client, {}, {}, {}) == [200, 200, 429]
    assert caplog.text.count("Redis does not answer") == 1


@pytest.mark.parametrize(
    ("settings", "warnings"),
    [
        ({"WEB_CONCURRENCY": 2}, 1),
        ({"WEB_CONCURRENCY": 1}, 0),
        ({"WEB_CONCURRENCY": 2, "REDIS_URL": UNREACHABLE}, 0),
    ],
)
def test_several_processes_that_count_apart_are_warned_of(
    make_app: Callable[..., Flask],
    caplog: pytest.LogCaptureFixture,
    settings: dict[str, Any],
    warnings: int,
) -> None:
    make_app(**settings)

    assert caplog.text.count("limits are counted by each process apart") == warnings


def test_another_browser_is_the_same_address(counting: Callable[..., Client]) -> None:
    several = [{"User-Agent": f"Browser {number}"} for number in range(3)]

    assert statuses(counting(), *several) == [200, 200, 429]
