"""Names the test that leaves something behind, and puts it back, so that no other test fails.

After each test the process is compared with what it was before: the environment, our own modules,
classes and objects, the containers in them, and what Python, `logging` and Flask hold for all. What
libraries keep on their own objects is left alone: caches there may fill at any time. What a fixture
of a wider scope has set is no leak. Nor may two fixtures set one variable for one test.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from tests.leaks.places import Attributes, Environment, Place
from tests.leaks.state import Process, State

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import ModuleType

    from tests.leaks.places import Leak

    Fixture = pytest.FixtureDef[Any]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look at the process when all that the suite imports is there."""
    session.config.pluginmanager.register(Leaks())


class Leaks:
    """What finds leaks, in one run of pytest."""

    def __init__(self) -> None:
        self.process = Process()
        self.process.watch_modules()
        self.module: ModuleType | None = None
        self.own = State()
        self.settings = State()
        self.settings.add(Environment(), os.environ, deep=False)
        self.setters: dict[str, Fixture] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember the test's own module, which no other test has to look at."""
        module = getattr(item, "module", None)
        if module is not self.module:
            self.module, self.own = module, State(self.process.known)
            if module:
                self.own.add(Attributes(module.__name__, module), module)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None]:
        """Compare when all fixtures of the test are done."""
        try:
            yield
        finally:
            leaks = [(f"{item.nodeid} leaks {leak}", leak) for leak in self.leaks()]
            for _, leak in leaks:
                leak.put_back()
        if leaks:
            pytest.fail("\n".join(line for line, _ in leaks), pytrace=False)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: Fixture, request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        """See what a fixture sets: that may stay as long as a fixture of a wider scope does."""
        self.newly_set()
        if fixturedef.scope == "function":
            made = yield
        else:
            made = yield from self.lasting(fixturedef)
        for name in self.newly_set():
            self.hold(name, fixturedef, request.config.rootpath)
        return made

    def lasting(self, fixture: Fixture) -> Generator[None, Any, Any]:
        """Take what a fixture changes, when it is made and when it is undone, as no leak."""
        leaks_before_undone: list[Leak] = []
        fixture.addfinalizer(lambda: self.accept_all_but(leaks_before_undone))
        leaks = self.leaks()
        made = yield
        if isinstance(made, Flask):
            self.process.watch_app(fixture.argname, made)
            config = Place(f"{fixture.argname}.config", made.config)
            self.settings.add(config, made.config, deep=False)
        self.accept_all_but(leaks)
        fixture.addfinalizer(lambda: leaks_before_undone.extend(self.leaks()))
        return made

    def newly_set(self) -> list[str]:
        """Return which variables and settings have changed since this was last asked."""
        leaks = self.settings.leaks()
        for leak in leaks:
            leak.accept()
        return [leak.place.label(leak.key) for leak in leaks]

    def hold(self, name: str, fixture: Fixture, root: Path) -> None:
        """Fail where another fixture, that this one does not ask for, has set the same."""
        other = self.setters.setdefault(name, fixture)
        if other is fixture:
            fixture.addfinalizer(lambda: self.setters.pop(name, None))
        elif other.argname not in fixture.argnames:
            first, second = (described(setter, root) for setter in (other, fixture))
            pytest.fail(f"{name} is set by two fixtures: {first} and {second}", pytrace=False)

    def leaks(self) -> list[Leak]:
        """Return what is not as it was."""
        return self.process.leaks() + self.own.leaks()

    def accept_all_but(self, known: list[Leak]) -> None:
        """Take what has changed since as what it was."""
        for leak in self.leaks():
            if leak not in known:
                leak.accept()
        for state in (self.process, self.own):
            state.watch_new()


def described(fixture: Fixture, root: Path) -> str:
    """Name a fixture and its file."""
    file = Path(inspect.getfile(fixture.func))
    shown = file.relative_to(root) if file.is_relative_to(root) else file.name
    return f"{fixture.argname} ({shown})"
