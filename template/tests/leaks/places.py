"""The places of a process that a test must leave as they were: remembered, compared, put back."""

from __future__ import annotations

import logging
import os
import reprlib
from collections import defaultdict, deque
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNSET = object()
LONGEST = 80
PYTESTS = "PYTEST_CURRENT_TEST"
CONTAINERS: tuple[type[Any], ...] = (list, set, deque)
# What the interpreter and libraries make of a program as it goes on.
PROGRAM = (ModuleType, logging.Logger)
# What a value may raise that is compared: a proxy of Flask's outside of a request, an array.
INCOMPARABLE = (RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class Leak:
    """One value that is not what it was."""

    place: Place
    key: Any
    before: Any
    now: Any

    def __str__(self) -> str:
        return f"{self.place.label(self.key)}: was {shown(self.before)}, is {shown(self.now)}"

    def put_back(self) -> None:
        """Make the value what it was."""
        self.place.put_back(self.key, self.before)

    def accept(self) -> None:
        """Take the value as what it was."""
        self.place.remember(self.key, self.now)


class Place:
    """A dictionary, and what it held."""

    def __init__(self, name: str, now: Any) -> None:
        self.name, self.now, self.before = name, now, dict(now)

    def leaks(self) -> Iterator[Leak]:
        """Find what has changed; what does not matter is remembered as it is now."""
        if same(self.before, self.now):
            return
        for key in {**self.before, **self.now}:
            before, now = self.before.get(key, UNSET), self.now.get(key, UNSET)
            if same(before, now):
                continue
            if self.minds(key, now):
                yield Leak(self, key, before, now)
            else:
                self.remember(key, now)

    def inner(self) -> Iterator[tuple[str, Any]]:
        """Return what is in it that matters, each with its name."""
        for key, value in self.before.items():
            if self.minds(key, value):
                yield self.label(key), value

    def label(self, key: Any) -> str:
        """Say where a value is, as code would."""
        return f"{self.name}[{key!r}]"

    def minds(self, key: Any, now: Any) -> bool:
        """Say whether a change matters; looking into a defaultdict may add what is empty."""
        return bool(now) or key in self.before or not isinstance(self.now, defaultdict)

    def remember(self, key: Any, now: Any) -> None:
        """Take a value as what it was."""
        store(self.before, key, now)

    def put_back(self, key: Any, before: Any) -> None:
        """Make a value what it was."""
        store(self.now, key, before)


class Attributes(Place):
    """The attributes of a module, a class or an object."""

    def __init__(self, name: str, owner: Any, *, private: bool = True) -> None:
        super().__init__(name, vars(owner))
        self.owner, self.private = owner, private

    def label(self, key: Any) -> str:
        """Say where a value is, as code would."""
        return f"{self.name}.{key}"

    def minds(self, key: str, now: Any) -> bool:
        """Leave alone what the interpreter and libraries keep, and what an import adds."""
        hidden = key.startswith("__" if self.private else "_")
        return not hidden and not isinstance(now, PROGRAM)

    def put_back(self, key: str, before: Any) -> None:
        """Make a value what it was, even where a class would refuse or act on it."""
        if not isinstance(self.owner, type):
            super().put_back(key, before)
        elif before is UNSET:
            type.__delattr__(self.owner, key)
        else:
            type.__setattr__(self.owner, key, before)


class Environment(Place):
    """The environment; os.environ itself would decode each name at each look."""

    def __init__(self) -> None:
        super().__init__("os.environ", vars(os.environ)["_data"])

    def label(self, key: Any) -> str:
        """Say which variable it is, as code would."""
        return f"os.environ[{os.fsdecode(key)!r}]"

    def leaks(self) -> Iterator[Leak]:
        """Find what has changed, as text."""
        for leak in super().leaks():
            yield Leak(self, leak.key, decoded(leak.before), decoded(leak.now))

    def settle(self) -> None:
        """Take pytest's own variable, another one in each test, as what it was."""
        key = os.fsencode(PYTESTS)
        store(self.before, key, self.now.get(key, UNSET))

    def minds(self, key: Any, _now: Any) -> bool:
        """Leave pytest its own variable."""
        return os.fsdecode(key) != PYTESTS

    def remember(self, key: Any, now: Any) -> None:
        """Take a value as what it was."""
        super().remember(key, os.fsencode(now) if isinstance(now, str) else now)

    def put_back(self, key: Any, before: Any) -> None:
        """Make a variable what it was, for programs that are started too."""
        store(os.environ, os.fsdecode(key), before)


class Container(Place):
    """A container without keys, compared as a whole."""

    def __init__(self, name: str, now: Any) -> None:
        self.kind = next(kind for kind in CONTAINERS if isinstance(now, kind))
        self.name, self.now, self.before = name, now, self.kind(now)

    def leaks(self) -> Iterator[Leak]:
        """Find whether it holds something else."""
        if not same(self.before, self.now):
            yield Leak(self, None, self.kind(self.before), self.kind(self.now))

    def inner(self) -> Iterator[tuple[str, Any]]:
        """Return what is in it, each by its place."""
        for place, value in enumerate(self.before):
            yield f"{self.name}[{place}]", value

    def label(self, _key: Any) -> str:
        """Say where it is, as code would."""
        return self.name

    def remember(self, _key: Any, now: Any) -> None:
        """Take what it holds as what it held."""
        refill(self.before, now)

    def put_back(self, _key: Any, before: Any) -> None:
        """Make it hold what it held."""
        refill(self.now, before)


class Probe(Place):
    """Something that must be asked for, and is put back by a call."""

    def __init__(self, name: str, ask: Callable[[], Any], tell: Callable[[Any], object]) -> None:
        self.name, self.ask, self.tell, self.before = name, ask, tell, ask()

    def leaks(self) -> Iterator[Leak]:
        """Find whether the answer is another."""
        if (now := self.ask()) != self.before:
            yield Leak(self, None, self.before, now)

    def label(self, _key: Any) -> str:
        """Say what it is."""
        return self.name

    def remember(self, _key: Any, now: Any) -> None:
        """Take an answer as what it was."""
        self.before = now

    def put_back(self, _key: Any, before: Any) -> None:
        """Make the answer what it was."""
        self.tell(before)


def same(before: Any, now: Any) -> bool:
    """Compare two values, some of which cannot be compared."""
    try:
        return before is now or bool(before == now)
    except INCOMPARABLE:
        return False


def store(values: Any, key: Any, value: Any) -> None:
    """Set what a key holds, or remove it."""
    if value is UNSET:
        values.pop(key, None)
    else:
        values[key] = value


def refill(container: Any, items: Any) -> None:
    """Make a container hold these and nothing else."""
    items = list(items)
    container.clear()
    (container.update if isinstance(container, set) else container.extend)(items)


def decoded(value: Any) -> Any:
    """Return what a variable holds as text."""
    return os.fsdecode(value) if isinstance(value, bytes) else value


def shown(value: Any) -> str:
    """Write a value in a line of a message."""
    text = "unset" if value is UNSET else reprlib.repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
