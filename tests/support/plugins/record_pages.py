"""Keeps each page that a generated suite is answered with; pytest loads it by name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from werkzeug.test import Client

FOLDER = "RECORD_PAGES"
# Redirects and the like have the framework's own words.
OURS = b'<link rel="stylesheet"'
ask = Client.open


def pytest_configure() -> None:
    """Look at every answer that a test client gets."""
    Client.open = recorded


def recorded(client: Client, *arguments: Any, **named: Any) -> Any:
    """Ask, and keep the answer where it is a page."""
    answer = ask(client, *arguments, **named)
    body = answer.get_data() if answer.mimetype == "text/html" else b""
    if OURS in body:
        name = hashlib.sha256(body).hexdigest()[:16]
        (Path(os.environ[FOLDER]) / f"{name}.html").write_bytes(body)
    return answer
