"""The factory makes whole apps, as many as wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import create_app
from app.health import blueprint

if TYPE_CHECKING:
    from flask import Flask


def test_each_call_makes_an_app_of_its_own() -> None:
    first, second = (create_app({"TESTING": True, "APP_NAME": name}) for name in ("One", "Other"))

    assert [app.config["APP_NAME"] for app in (first, second)] == ["One", "Other"]
    assert first.extensions["database"].engine is not second.extensions["database"].engine
    for app in (first, second):
        assert app.test_client().get("/healthz").json == {"status": "ok"}


def test_a_blueprint_that_is_added_twice_is_not_swallowed() -> None:
    app = create_app("testing")

    with pytest.raises(ValueError, match="already registered"):
        app.register_blueprint(blueprint)


def test_the_shell_names_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP_ENV", "testing")

    assert create_app().testing is True


def test_no_address_both_shows_and_changes_something(app: Flask) -> None:
    both = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (methods := rule.methods or set()) and methods - {"GET", "HEAD", "OPTIONS"}
    ]

    assert both == []
