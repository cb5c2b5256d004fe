"""The app's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.config import flaw_of

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskCliRunner


def test_secrets_are_strong_and_fresh(app: Flask, runner: FlaskCliRunner) -> None:
    first, second = (runner.invoke(args=["secrets"]).output for _ in range(2))

    settings = dict(line.split("=", 1) for line in first.splitlines())
    assert set(settings) == {name for name in app.config if name.endswith("SECRET_KEY")}
    assert not [value for value in settings.values() if flaw_of(value)]
    assert first != second
    assert len({*settings.values()}) == len(settings)
