"""A plugin of pytest: the statements that reach the database in one test of a warm process."""

# mypy: ignore-errors

from __future__ import annotations

import json
import os
import re
import sqlite3
import tempfile
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from pymysql.connections import Connection as MySQL

if TYPE_CHECKING:
    from collections.abc import Generator

    from psycopg.pq.abc import PGconn

NUMBER = 40
SENT = re.compile(r"\tF\t\d+\t(Query|Parse|Bind)\t(.*)")
FOUND: list[str] = []
OPEN: list[PGconn] = []
STATE = {"tests": 0, "watching": False}
TRACE = Path(tempfile.mkdtemp()) / "trace"
INIT = psycopg.Connection.__init__
EXECUTE = MySQL._execute_command  # noqa: SLF001


def keep(statement: str) -> None:
    """Keep a statement of the test that is watched."""
    if STATE["watching"]:
        FOUND.append(statement)


class WatchedSQLite(sqlite3.Connection):
    """A connection whose statements are seen; connections of a test's own are made of it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.set_trace_callback(keep)


def psycopg_init(self: psycopg.Connection, pgconn: PGconn, *args: Any, **options: Any) -> None:
    """Remember a connection, and watch it if the test has opened it."""
    INIT(self, pgconn, *args, **options)
    OPEN.append(pgconn)
    if STATE["watching"]:
        watch(pgconn)


def mysql_execute(self: MySQL, command: int, sql: str | bytes | bytearray) -> None:
    """See a statement on its way."""
    keep(sql if isinstance(sql, str) else sql.decode(errors="replace"))
    EXECUTE(self, command, sql)


def watch(pgconn: PGconn) -> None:
    """Have libpq write down what it sends."""
    if pgconn.status == psycopg.pq.ConnStatus.OK:
        pgconn.trace(os.open(TRACE, os.O_WRONLY | os.O_APPEND | os.O_CREAT))


def leave(pgconn: PGconn) -> None:
    """Have libpq finish its writing."""
    if pgconn.status == psycopg.pq.ConnStatus.OK:
        pgconn.untrace()


sqlite3.connect = sqlite3.dbapi2.connect = partial(sqlite3.connect, factory=WatchedSQLite)
sqlite3.Connection = WatchedSQLite
psycopg.Connection.__init__ = psycopg_init
MySQL._execute_command = mysql_execute  # noqa: SLF001


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Watch one test, its fixtures included."""
    STATE["tests"] += 1
    if STATE["tests"] != NUMBER:
        return (yield)
    STATE["watching"] = True
    for pgconn in OPEN:
        watch(pgconn)
    result = yield
    STATE["watching"] = False
    for pgconn in OPEN:
        leave(pgconn)
    return result


def pytest_sessionfinish() -> None:
    """Write the statements, those of PostgreSQL as libpq has noted them."""
    lines = TRACE.read_text(errors="replace").splitlines() if TRACE.exists() else []
    sent = [("", ""), *(found.groups() for found in map(SENT.search, lines) if found)]
    for (before, _), (kind, what) in pairwise(sent):
        # What is parsed is bound at once; what has been prepared is only bound.
        if (before, kind) != ("Parse", "Bind"):
            FOUND.append(what.strip(' "'))
    Path(os.environ["BENCH_REPORT"]).write_text(json.dumps(FOUND), encoding="utf-8")
