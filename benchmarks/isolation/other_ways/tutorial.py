"""The way of Flask's tutorial: each test has an app of its own, and a file that is thrown away."""

# mypy: ignore-errors

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from app import create_app
from app.db import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with app.extensions["database"].sessions() as session:
        yield session
