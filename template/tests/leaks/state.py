"""The state of a process as far as it is ours: found by itself, compared after each test."""

from __future__ import annotations

import locale
import logging
import os
import sys
import time
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import has_app_context, signals
from time_machine import escape_hatch, travel

from tests.leaks.places import (
    CONTAINERS,
    UNSET,
    Attributes,
    Container,
    Environment,
    Leak,
    Place,
    Probe,
    same,
)

if TYPE_CHECKING:
    from flask import Flask

OURS = {"app", "tests"}
HOOKS = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "teardown_appcontext_funcs",
    "template_context_processors",
)


class Logger(Attributes):
    """How a logger is set, which the first app that is made does for ours."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(f"logging.getLogger({logger.name!r})", logger, private=False)

    def minds(self, key: str, now: Any) -> bool:
        """Leave the first level alone, and the handlers to a probe."""
        first = key == "level" and self.before[key] == logging.NOTSET
        return not first and key != "handlers" and super().minds(key, now)


class Handlers(Probe):
    """The handlers of a logger; those of pytest come and go."""

    def __init__(self, logger: logging.Logger) -> None:
        self.logger = logger
        name = f"logging.getLogger({logger.name!r}).handlers"
        super().__init__(name, lambda: self.found(pytests=False), self.restore)

    def found(self, *, pytests: bool) -> list[logging.Handler]:
        """Return the handlers that are pytest's, or the others."""
        return [
            handler
            for handler in self.logger.handlers
            if type(handler).__module__.startswith("_pytest") is pytests
        ]

    def restore(self, before: list[logging.Handler]) -> None:
        """Put back the others."""
        self.logger.handlers = [*self.found(pytests=True), *before]


class Receivers(Place):
    """Who listens to a signal; listeners that nobody holds go by themselves."""

    def label(self, _key: Any) -> str:
        """Say which signal it is."""
        return self.name

    def minds(self, _key: Any, now: Any) -> bool:
        """Leave those alone that went."""
        return now is not UNSET


class State:
    """Places, and what was in them."""

    def __init__(self, known: set[int] | None = None) -> None:
        self.places: list[Place] = []
        self.now: list[Any] = []
        self.before: list[Any] = []
        self.deep: list[Place] = []
        self.restless: list[Environment] = []
        self.known = set(known or ())

    def watch(self, name: str, value: Any) -> None:
        """Remember a value and what is in it, as far as it is ours to keep."""
        if id(value) in self.known:
            return
        if isinstance(value, dict):
            self.add(Place(name, value), value)
        elif isinstance(value, CONTAINERS):
            self.add(Container(name, value), value)
        elif isinstance(value, type) and is_ours(value.__module__):
            name = f"{value.__module__}.{value.__qualname__}"
            self.add(Attributes(name, value, private=is_ours_alone(value)), value)
        elif is_ours_alone(type(value)) and hasattr(value, "__dict__"):
            self.add(Attributes(name, value), value)

    def add(self, place: Place, value: Any, *, deep: bool = True) -> None:
        """Remember a place and, as deep as that is ours, what is in it."""
        self.known.add(id(value))
        self.places.append(place)
        self.now.append(place.now)
        self.before.append(place.before)
        if isinstance(place, Environment):
            self.restless.append(place)
        if deep:
            self.deep.append(place)
            self.watch_inner(place)

    def watch_inner(self, place: Place) -> None:
        """Remember what is in a place."""
        for name, value in place.inner():
            self.watch(name, value)

    def watch_new(self) -> None:
        """Remember what is in what is remembered since."""
        for place in self.deep.copy():
            self.watch_inner(place)

    def leaks(self) -> list[Leak]:
        """Return what is not as it was, which nearly always is nothing."""
        for environment in self.restless:
            environment.settle()
        if same(self.now, self.before):
            return []
        changed = [place for place in self.places if not same(place.now, place.before)]
        leaks = [leak for place in changed for leak in place.leaks()]
        for place in changed:
            if place in self.deep:
                self.watch_inner(place)
        return leaks


class Process(State):
    """What all tests share."""

    def __init__(self) -> None:
        super().__init__()
        self.modules = len(sys.modules)
        self.add(Environment(), os.environ)
        self.watch("sys.path", sys.path)
        self.probes = [
            Probe("the working directory", os.getcwd, os.chdir),
            Probe("the locale", partial(locale.setlocale, locale.LC_ALL), set_locale),
            Probe("the time zone", lambda: time.tzname, lambda _: time.tzset()),
            Probe("logging.disable()", lambda: logging.root.manager.disable, logging.disable),
            Probe("a clock that was set", escape_hatch.is_travelling, lambda _: start_clock()),
            Probe("a pushed app context", has_app_context, lambda _: leave_contexts()),
        ]
        for name, signal in vars(signals).items():
            if hasattr(signal, "receivers"):
                place = Receivers(f"flask.{name}.receivers", signal.receivers)
                self.add(place, signal.receivers, deep=False)
        self.watch_loggers()

    def watch_app(self, name: str, app: Flask) -> None:
        """Remember how an app is set."""
        for part in HOOKS:
            self.watch(f"{name}.{part}", getattr(app, part))
        for part in ("config", "extensions", "view_functions"):
            values = getattr(app, part)
            self.add(Place(f"{name}.{part}", values), values, deep=False)
        for part in ("globals", "filters", "tests"):
            values = getattr(app.jinja_env, part)
            self.add(Place(f"{name}.jinja_env.{part}", values), values, deep=False)
        for key, extension in app.extensions.items():
            if not isinstance(extension, (dict, *CONTAINERS)):
                self.watch(f"{name}.extensions[{key!r}]", extension)

    def watch_loggers(self) -> None:
        """Remember the root logger and ours."""
        ours = OURS.union(filter(is_ours, logging.root.manager.loggerDict))
        for logger in (logging.getLogger(), *map(logging.getLogger, sorted(ours))):
            if id(logger) not in self.known:
                self.add(Logger(logger), logger)
                self.probes.append(Handlers(logger))

    def watch_modules(self) -> None:
        """Remember our modules, except those of tests: each is looked at with its own tests."""
        self.modules = len(sys.modules)
        ours = [name for name in sys.modules if is_ours(name)]
        for name in reversed(ours):
            module, is_test = sys.modules[name], name.rpartition(".")[2].startswith("test_")
            if not is_test and id(module) not in self.known:
                self.add(Attributes(name, module), module)

    def leaks(self) -> list[Leak]:
        """Return what is not as it was; what was imported since is remembered as it is."""
        if len(sys.modules) != self.modules:
            self.watch_modules()
            self.watch_loggers()
        return super().leaks() + [leak for probe in self.probes for leak in probe.leaks()]


def is_ours(module: str) -> bool:
    """Say whether a module is of this project."""
    return module.partition(".")[0] in OURS


def is_ours_alone(kind: type[Any]) -> bool:
    """Say whether a class owes nothing to a library, which would keep its own things there."""
    bases = {base.__module__.partition(".")[0] for base in kind.__mro__}
    return is_ours(kind.__module__) and bases <= OURS | sys.stdlib_module_names


def set_locale(name: str) -> None:
    """Set all of the locale."""
    locale.setlocale(locale.LC_ALL, name)


def start_clock() -> None:
    """End all journeys in time, as the one that began them should have done."""
    while escape_hatch.is_travelling():
        travel(0).stop()


def leave_contexts() -> None:
    """Pop what is pushed; a request of Flask 3.1 has a context of its own, around the app's."""
    while has_app_context():
        pushed = {variable.name: context for variable, context in copy_context().items()}
        pushed.get("flask.request_ctx", pushed["flask.app_ctx"]).pop()
