"""Tests that are green when a suite runs as usual, and red in another run of it.

What they keep, they keep on a library: what is left in our own modules is a leak.
"""

from __future__ import annotations

from tests.faults.infrastructure import new_test

SEEN_IN_OTHER_RUNS = (
    new_test(
        "a test needs the one before it",
        """
import pytest

def test_first():
    pytest.made = 1

def test_second():
    assert pytest.made
""",
        noticed_by="each test alone",
    ),
    new_test(
        "a test that only the first time is right",
        """
import pytest

def test_first():
    assert not hasattr(pytest, "made")
    pytest.made = 1
""",
        noticed_by="each test twice",
    ),
    new_test(
        "a number of a sequence",
        """
from tests.factories import UserFactory

def test_number(db_session):
    assert UserFactory.create().id == 1
""",
        noticed_by="each test twice",
        database="postgresql",
    ),
    new_test(
        "one file for all workers",
        """
import tempfile
import time
from pathlib import Path

import pytest

FILE = Path(tempfile.gettempdir()) / "a-file-of-two-workers"

@pytest.mark.parametrize("number", range(40))
def test_file(number):
    FILE.write_text(str(number))
    time.sleep(0.05)
    assert FILE.read_text() == str(number)
""",
        noticed_by="two workers",
    ),
    new_test(
        "the real clock",
        """
from datetime import UTC, datetime

def test_year():
    assert datetime.now(UTC).year < 2031
""",
        noticed_by="another date",
    ),
    new_test(
        "a variable of the shell",
        """
import os

def test_variable():
    assert "MAIL_SERVER" not in os.environ
""",
        noticed_by="another shell",
    ),
)
