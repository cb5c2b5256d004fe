"""The way of Flask's tutorial: each test has an app of its own, and a file that is thrown away."""

# mypy: ignore-errors

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tests.factories as rows
from app import create_app
from app.db import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.accounts.models import User
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session


@pytest.fixture
def app() -> Iterator[Flask]:
    """Make an app whose tables are in a temporary file."""
    handle, path = tempfile.mkstemp()
    app = create_app({"TESTING": True, "DATABASE_URL": f"sqlite:///{path}", "DATABASE_OPTIONS": {}})
    engine = app.extensions["database"].engine
    Model.metadata.create_all(engine)
    yield app
    engine.dispose()
    os.close(handle)
    Path(path).unlink()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a client."""
    return app.test_client()


@pytest.fixture
def db_session(app: Flask) -> Iterator[Session]:
    """Return a session beside those of the app."""
    yield rows.Session(bind=app.extensions["database"].engine)
    rows.Session.remove()


@pytest.fixture
def user(db_session: Session) -> User:  # noqa: ARG001
    """Return a user, with a hash that costs as little as in our tests."""
    from app.accounts import passwords  # noqa: PLC0415  (the API has no accounts)
    from argon2 import PasswordHasher  # noqa: PLC0415

    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return rows.UserFactory.create(username="ann")


@pytest.fixture
def auth_client(app: Flask, user: User) -> FlaskClient:
    """Return a client that the user has logged in with."""
    from tests.client import log_in  # noqa: PLC0415  (the API has no accounts)

    return log_in(app, user)
