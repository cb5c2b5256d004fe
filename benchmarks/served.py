"""What benchmarks/requests.py serves: two handlers, in a whole generated app and in bare Flask.

It is copied into a generated project and runs in that project's environment.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert
from sqlalchemy.orm import Session, registry

if TYPE_CHECKING:
    from collections.abc import Callable

BOOTS = 30


class Row:
    """A row to read."""

    id: int
    title: str


ROWS = Table("rows", MetaData(), Column("id", Integer, primary_key=True), Column("title", String))
registry().map_imperatively(Row, ROWS)


def hello() -> tuple[str, dict[str, str]]:
    """Answer with plain text."""
    return "Hello, world!", {"Content-Type": "text/plain; charset=utf-8"}


def found(session: Session) -> dict[str, Any]:
    """Read the row by its key."""
    row = session.get_one(Row, 1)
    return {"id": row.id, "title": row.title}


def add(app: Flask, read: Callable[[], dict[str, Any]]) -> Flask:
    """Add both handlers to an app."""
    app.add_url_rule("/hello", "hello", hello)
    app.add_url_rule("/row", "row", read)
    return app


def whole() -> Flask:
    """Return the generated app, with everything that it does for a request."""
    from app import create_app, db  # noqa: PLC0415  (bare Flask is served without them)

    return add(create_app(), lambda: found(db.session()))


def bare() -> Flask:
    """Return nothing but Flask."""
    engine = create_engine(os.environ["DATABASE_URL"])

    def read() -> dict[str, Any]:
        with Session(engine) as session:
            return found(session)

    return add(Flask(__name__), read)


def fill() -> None:
    """Make the row."""
    engine = create_engine(os.environ["DATABASE_URL"])
    with engine.begin() as connection:
        ROWS.create(connection)
        connection.execute(insert(ROWS).values(title="The only one"))


def boot() -> None:
    """Print how long importing the app took, and making it: the first time and the median."""
    start = time.perf_counter()
    from app import create_app  # noqa: PLC0415  (it is what is timed)

    times = [time.perf_counter()]
    for _ in range(BOOTS):
        create_app()
        times.append(time.perf_counter())
    made = [after - before for before, after in pairwise(times)]
    print(json.dumps([times[0] - start, made[0], statistics.median(made[1:])]))


if __name__ == "__main__":
    {"fill": fill, "boot": boot}[sys.argv[1]]()
