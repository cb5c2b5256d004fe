"""Counts what the app sends to its database: a list that asks once per row is found here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

# These begin and end transactions.
CONTROL = {"BEGIN", "COMMIT", "RELEASE", "ROLLBACK", "SAVEPOINT"}


@dataclass(frozen=True)
class Statement:
    """What was sent, and with which values."""

    text: str
    values: object

    def __str__(self) -> str:
        return f"{shortened(self.text, 160)}  {shortened(repr(self.values), 60)}"


class Counted:
    """A block in which statements are counted, and how many there may be."""

    def __init__(self, engine: Engine, exactly: int | None, at_most: int | None) -> None:
        self.engine, self.exactly, self.at_most = engine, exactly, at_most
        self.sent: list[Statement] = []

    def __enter__(self) -> list[Statement]:
        """Begin to count."""
        event.listen(self.engine, "before_cursor_execute", self.keep)
        return self.sent

    def __exit__(self, kind: object, *_: object) -> None:
        """Fail if there were too many, or too few; an error within the block comes first."""
        __tracebackhide__ = True
        event.remove(self.engine, "before_cursor_execute", self.keep)
        problem = problem_of(self.sent, self.exactly, self.at_most)
        if problem and kind is None:
            pytest.fail(problem)

    def keep(self, _connection: Any, _cursor: Any, text: str, values: Any, *_: Any) -> None:
        """Keep a statement, unless it only begins or ends a transaction."""
        words = text.split()
        if words[0].upper() not in CONTROL:
            self.sent.append(Statement(" ".join(words), values))


class Statements:
    """Begins a block in which the statements of an app are counted."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, exactly: int | None = None, *, at_most: int | None = None) -> Counted:
        """Count, and fail where the block sends another number; it gives what was sent."""
        return Counted(self.app.extensions["database"].engine, exactly, at_most)


@pytest.fixture
def statements(app: Flask) -> Statements:
    """Let a test say how many statements a block sends, exactly or at most."""
    return Statements(app)


def problem_of(sent: list[Statement], exactly: int | None, at_most: int | None) -> str | None:
    """Say what is wrong with a number of statements, and show them."""
    number = len(sent)
    if exactly is not None and number != exactly:
        expected = f"instead of {exactly}"
    elif at_most is not None and number > at_most:
        expected = f"where at most {at_most} may be"
    else:
        return None
    lines = [f"{number} statements were sent {expected}:"]
    lines += [f"  {place}. {statement}" for place, statement in enumerate(sent, 1)]
    for text, times in Counter(statement.text for statement in sent).items():
        if times > 1:
            lines.append(f"Sent {times} times: {shortened(text, 160)}")
    return "\n".join(lines)


def shortened(text: str, longest: int) -> str:
    """Return a text, without its middle if it is long: its ends tell most."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]} ... {text[-half:]}"
