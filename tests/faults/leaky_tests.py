"""Tests that leave something behind: the suite itself names them, all but a few."""

from __future__ import annotations

from tests.faults.infrastructure import new_test

LEAKY = (
    new_test(
        "a variable is left",
        """
import os

def test_variable():
    os.environ["REGION"] = "left"
""",
    ),
    new_test(
        "a variable is taken away",
        """
import os

def test_variable():
    os.environ.pop("PATH")
""",
    ),
    new_test(
        "a module is changed by assignment",
        """
from app import pagination

def test_pages():
    pagination.PER_PAGE = 2
""",
    ),
    new_test(
        "a service is replaced by assignment",
        """
from app.posts import service

def test_service():
    service.get_post = lambda *_: None
""",
    ),
    new_test(
        "a setting of the app is changed",
        """
def test_setting(app):
    app.config["MAX_CONTENT_LENGTH"] = 1
""",
    ),
    new_test(
        "CSRF is switched off for one test",
        """
def test_forms(app):
    app.config["WTF_CSRF_ENABLED"] = False
""",
    ),
    new_test(
        "a hook of the app is left",
        """
def test_hook(app):
    app.before_request_funcs.setdefault(None, []).append(lambda: None)
""",
    ),
    new_test(
        "a listener is left",
        """
from flask import request_started

def test_listener():
    request_started.connect(print, weak=False)
""",
    ),
    new_test(
        "the folder is left",
        """
import os

def test_folder(tmp_path):
    os.chdir(tmp_path)
""",
    ),
    new_test(
        "a clock is left standing",
        """
import time_machine

def test_clock():
    time_machine.travel(0, tick=False).start()
""",
    ),
    new_test(
        "a list of its own is filled",
        """
made = []

def test_list():
    made.append(1)
""",
    ),
)

# Nobody notices these yet; one that is noticed belongs above.
NOT_NOTICED = (
    new_test(
        "a level of the log is left",
        """
import logging

def test_level():
    logging.getLogger("app").setLevel(logging.CRITICAL)
""",
    ),
    new_test(
        "something is left on a library",
        """
import json

def test_library():
    json.made = 1
""",
    ),
)
