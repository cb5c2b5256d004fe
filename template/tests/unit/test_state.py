"""What a test could leave behind in the process: found, named and put back."""

from __future__ import annotations

import logging
import os
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import flask
import pytest
import time_machine
from flask import Flask, has_app_context, has_request_context

from tests.leaks.places import Attributes
from tests.leaks.state import Process, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Settings:
    """A class of ours."""

    LIMIT = 1
    _only: object = None
    NAMES: ClassVar[list[str]] = ["ann"]


class Counter:
    """A class of which the app keeps one."""

    def __init__(self) -> None:
        self.count = 0
        self.seen: set[str] = set()


class LibraryBased(Flask):
    """A class on which a library may keep something."""

    limit = 1


def made_up() -> Any:
    """Return a module as an app may have one."""
    module: Any = ModuleType("made_up")
    module.LIMIT = 1
    module.cache = {"users": {}}
    module.rows = ["first"]
    module.counter = Counter()
    module.Settings = Settings
    module.LibraryBased = LibraryBased
    return module


def put_back(state: State) -> list[str]:
    """Return the leaks as they are shown, after they have been put back."""
    found = state.leaks()
    lines = [str(leak) for leak in found]
    for leak in found:
        leak.put_back()
    return lines


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda m: setattr(m, "LIMIT", 2), "made_up.LIMIT: was 1, is 2"),
        (lambda m: setattr(m, "more", 2), "made_up.more: was unset, is 2"),
        (lambda m: delattr(m, "LIMIT"), "made_up.LIMIT: was 1, is unset"),
        (lambda m: m.cache.update(a=1), "made_up.cache['a']: was unset, is 1"),
        (lambda m: m.cache["users"].update(b=1), "made_up.cache['users']['b']: was unset, is 1"),
        (lambda m: m.rows.append(2), "made_up.rows: was ['first'], is ['first', 2]"),
        (lambda m: setattr(m.counter, "count", 5), "made_up.counter.count: was 0, is 5"),
        (lambda m: m.counter.seen.add("x"), "made_up.counter.seen: was set(), is {'x'}"),
        (lambda m: setattr(m.Settings, "LIMIT", 2), "Settings.LIMIT: was 1, is 2"),
        (lambda m: setattr(m.Settings, "_only", 2), "Settings._only: was None, is 2"),
        (lambda m: setattr(m.Settings, "new", 2), "Settings.new: was unset, is 2"),
        (lambda m: m.Settings.NAMES.clear(), "Settings.NAMES: was ['ann'], is []"),
        (lambda m: setattr(m.LibraryBased, "limit", 2), "LibraryBased.limit: was 1, is 2"),
    ],
)
def test_a_change_of_what_is_ours_is_a_leak(change: Callable[[Any], object], line: str) -> None:
    module, state = made_up(), State()
    state.add(Attributes(module.__name__, module), module)
    assert state.leaks() == []

    change(module)

    assert [found.removeprefix(f"{__name__}.") for found in put_back(state)] == [line]
    assert state.leaks() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("imported", logging), ("__warningregistry__", {}), ("LIMIT", 1.0)],
)
def test_what_python_keeps_and_what_is_equal_is_none(name: str, value: object) -> None:
    module, state = made_up(), State()
    state.add(Attributes(module.__name__, module), module)

    setattr(module, name, value)

    assert state.leaks() == []


def test_what_a_library_keeps_on_a_class_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    state = State()
    state.watch("LibraryBased", LibraryBased)

    monkeypatch.setattr(LibraryBased, "_memo", 1, raising=False)

    assert state.leaks() == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda: os.environ.update(TZ="Etc/GMT+7"), "os.environ['TZ']: was 'UTC', is 'Etc/GMT+7'"),
        (lambda: os.environ.pop("TZ"), "os.environ['TZ']: was 'UTC', is unset"),
        (lambda: sys.path.insert(0, "/a"), "sys.path: was "),
        (lambda: os.chdir("/"), "the working directory: was "),
        (lambda: logging.disable(logging.INFO), "logging.disable(): was 0, is 20"),
        (lambda: logging.getLogger().setLevel(1), "logging.getLogger('root').level: was "),
        (
            lambda: setattr(logging.getLogger("app"), "disabled", True),
            "logging.getLogger('app').disabled: was False, is True",
        ),
        (
            lambda: logging.getLogger().addHandler(logging.NullHandler()),
            "logging.getLogger('root').handlers: was ",
        ),
        (
            lambda: flask.request_started.connect(print, weak=False),
            "flask.request_started.receivers: was unset, is <",
        ),
        (lambda: time_machine.travel(0).start(), "a clock that was set: was False, is True"),
        (lambda: Flask("a").app_context().push(), "a pushed app context: was False, is True"),
        (lambda: Flask("a").test_request_context().push(), "a pushed app context: was False"),
    ],
)
def test_a_change_of_what_all_share_is_a_leak(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[], object], line: str
) -> None:
    monkeypatch.setenv("TZ", "UTC")
    process = Process()
    assert process.leaks() == []

    change()

    (found,) = put_back(process)
    assert found.startswith(line)
    assert process.leaks() == []
    assert not has_app_context()
    assert not has_request_context()


@pytest.fixture
def utc() -> Iterator[None]:
    """Let it be UTC here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("utc")
def test_the_time_zone_is_put_back() -> None:
    process = Process()

    os.environ["TZ"] = "Etc/GMT+7"
    time.tzset()

    assert [line.partition(":")[0] for line in put_back(process)] == [
        "os.environ['TZ']",
        "the time zone",
    ]
    assert time.tzname[0] == "UTC"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda app: app.config.update(LIMIT=2), "app.config['LIMIT']: was unset, is 2"),
        (lambda app: app.config.update(DEBUG=True), "app.config['DEBUG']: was False, is True"),
        (lambda app: app.extensions.update(a=2), "app.extensions['a']: was unset, is 2"),
        (
            lambda app: setattr(app.extensions["counter"], "count", 2),
            "app.extensions['counter'].count: was 0, is 2",
        ),
        (lambda app: app.before_request(int), "app.before_request_funcs[None]: was [], is [<"),
        (lambda app: app.after_request(len), "app.after_request_funcs[None]: was [<function"),
        (lambda app: app.add_template_filter(len), "app.jinja_env.filters['len']: was unset"),
        (lambda app: app.jinja_env.globals.clear(), "app.jinja_env.globals["),
    ],
)
def test_a_change_of_the_app_is_a_leak(change: Callable[[Flask], object], line: str) -> None:
    app = Flask("made_up")
    app.extensions["counter"] = Counter()
    app.after_request(lambda response: response)
    process = Process()
    process.watch_app("app", app)
    assert app.before_request_funcs[None] == []
    assert process.leaks() == []

    change(app)

    assert put_back(process)[0].startswith(line)
    assert process.leaks() == []


def test_a_listener_that_nobody_holds_is_none() -> None:
    def listen(_app: Flask) -> None:
        """Do nothing."""

    flask.request_started.connect(listen)
    process = Process()

    del listen

    assert process.leaks() == []
