"""How gunicorn serves the app, where nobody says otherwise and where somebody does."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

SETTINGS = Path(__file__).parents[2] / "gunicorn.conf.py"


def test_the_environment_says_where_and_with_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"BIND": "0.0.0.0:80", "WEB_CONCURRENCY": "7", "WEB_THREADS": "9"}
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    settings = runpy.run_path(str(SETTINGS))

    assert settings["bind"] == "0.0.0.0:80"
    assert (settings["workers"], settings["threads"]) == (7, 9)


def test_it_is_open_to_this_machine_only_and_believes_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("BIND", "WEB_CONCURRENCY", "WEB_THREADS"):
        monkeypatch.delenv(name, raising=False)

    settings = runpy.run_path(str(SETTINGS))

    assert settings["bind"] == "127.0.0.1:8000"
    assert settings["forwarded_allow_ips"] == ""
    assert settings["control_socket_disable"] is True
    assert settings["accesslog"] is None
