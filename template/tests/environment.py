"""The one owner of the environment: of the shell, the suite hears TEST_DATABASE_URL and no more."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

CONFIG = Path(__file__).parents[1] / "app" / "config.py"
READ = re.compile(r'environ\.get\(\s*"(\w+)"')
# Whatever the app may read, so that a setting of your own is forgotten too.
SETTINGS = {*READ.findall(CONFIG.read_text(encoding="utf-8"))} - {"TEST_DATABASE_URL"}


def pytest_configure() -> None:
    """Forget what the developer's shell says to the app, to Flask and to PostgreSQL's clients."""
    # Far from UTC, where a moment of the machine's own zone is not mistaken for one of UTC.
    os.environ["TZ"] = "<+13>-13"
    time.tzset()
    for name in [*os.environ]:
        if name in SETTINGS or name.startswith(("FLASK_", "PG")):
            del os.environ[name]
