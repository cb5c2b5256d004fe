"""Tests that somebody may write one day, and that no suite may take."""

from __future__ import annotations

from tests.faults.infrastructure import SuiteFault, change, new_test

GATE = "the gate of its coverage"
HALF = """

def half(flag: bool) -> int:
    number = 0
    if flag:
        number = 1
    return number


"""

# Red at once, and by name.
SEEN_AT_ONCE = (
    new_test(
        "data of a module, with no reset",
        """
import pytest
from sqlalchemy.orm import Session
from tests.factories import UserFactory

@pytest.fixture(scope="module")
def ann(application):
    with Session(application.extensions["database"].engine) as session:
        session.add(UserFactory.build(username="ann"))
        session.commit()

def test_ann(ann):
    assert True
""",
    ),
    new_test(
        "data of the whole run, in its one transaction",
        """
import pytest
from sqlalchemy.orm import Session
from tests.factories import UserFactory

@pytest.fixture(scope="session")
def ann(forgetful):
    with Session(forgetful.engine) as session:
        session.add(UserFactory.build(username="ann"))
        session.commit()

def test_ann(ann, client):
    assert True

def test_ann_again(ann, db_session):
    from app.accounts.models import User
    assert db_session.query(User).count() == 1
""",
    ),
    new_test(
        "the local time",
        """
from datetime import UTC, datetime

def test_hour():
    assert datetime.now().hour == datetime.now(UTC).hour
""",
    ),
    new_test(
        "two fixtures set one variable",
        """
import pytest

@pytest.fixture(autouse=True)
def a_key(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "one")

@pytest.fixture(autouse=True)
def another_key(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "two")

def test_key():
    assert True
""",
    ),
    new_test(
        "a context of the app around a test",
        """
import pytest

@pytest.fixture(autouse=True)
def context(app):
    with app.app_context():
        yield

def test_two_clients(client):
    assert client.get("/healthz").status_code == 200
""",
    ),
    new_test(
        "a context of a request around a test",
        """
def test_two_clients(app, client):
    with app.test_request_context():
        assert client.get("/healthz").status_code == 200
""",
    ),
    new_test(
        "models under two names",
        """
import importlib.util

def load():
    spec = importlib.util.spec_from_file_location("models", "app/accounts/models.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

def test_models():
    load()
""",
    ),
    new_test(
        "the network",
        """
import contextlib
import socket

def test_network():
    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 9), timeout=0.1)
""",
    ),
    new_test(
        "a warning",
        """
import warnings

def test_warning():
    warnings.warn("soon to go", DeprecationWarning)
""",
    ),
    new_test(
        "a mark that there is not",
        """
import pytest

@pytest.mark.integraton
def test_mark():
    assert True
""",
    ),
    new_test(
        "two cases of one name",
        """
import pytest

@pytest.mark.parametrize("case", [1, 2], ids=["one", "one"])
def test_cases(case):
    assert True
""",
    ),
    new_test(
        "a file left open",
        """
def test_file(tmp_path):
    (tmp_path / "a").open("w").write("b")
""",
    ),
    new_test(
        "an error of a thread",
        """
from threading import Thread

def test_thread():
    thread = Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
""",
    ),
    change(
        "app/pagination.py",
        "\nPER_PAGE = ",
        "\ndef nobody_calls_me() -> int:\n    return 1\n\n\nPER_PAGE = ",
        "a line that no test runs",
        noticed_by=GATE,
    ),
    SuiteFault(
        "a branch that no test takes",
        (("app/pagination.py", "\nPER_PAGE = ", f"{HALF}PER_PAGE = "),),
        test="""
from app.pagination import half

def test_half():
    assert half(True) == 1
""",
        noticed_by=GATE,
    ),
)
