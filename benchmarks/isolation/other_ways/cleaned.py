"""One app, and after each test its database is made anew or emptied, by what BENCH_WAY names."""

# mypy: ignore-errors

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from app import create_app
from app.db import Model
from sqlalchemy import StaticPool, create_engine, make_url, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

URL = make_url(os.environ["BENCH_URL"])


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    """Make the app of all tests, its database new."""
    options = {} if URL.database else {"poolclass": StaticPool}
    address = URL.render_as_string(hide_password=False)
    if URL.database:
        on_server(f'CREATE DATABASE "{URL.database}"')
    app = create_app({"TESTING": True, "DATABASE_URL": address, "DATABASE_OPTIONS": options})
    engine = app.extensions["database"].engine
    Model.metadata.create_all(engine)
    yield app
    engine.dispose()
    if URL.database:
        on_server(f'DROP DATABASE "{URL.database}"')


def on_server(statement: str) -> None:
    """Do what no transaction may."""
    server = create_engine(URL.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(statement))
    server.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client."""
    return app.test_client()


@pytest.fixture
def db_session(app: Flask) -> Iterator[Session]:
    """Return a session beside those of the app, and clean up after it."""
    database = app.extensions["database"]
    with database.sessions() as session:
        yield session
    WAYS[os.environ["BENCH_WAY"]](database.engine)


def recreate(engine: Engine) -> None:
    """Drop all tables and make them again."""
    Model.metadata.drop_all(engine)
    Model.metadata.create_all(engine)


def truncate(engine: Engine) -> None:
    """Empty all tables at once."""
    names = ", ".join(f'"{table.name}"' for table in Model.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def delete(engine: Engine) -> None:
    """Empty one table after the other, those that refer to others first."""
    with engine.begin() as connection:
        for table in reversed(Model.metadata.sorted_tables):
            connection.execute(table.delete())


WAYS = {"drop/create": recreate, "TRUNCATE": truncate, "DELETE": delete}
