"""The one owner of the environment: of the shell, the suite hears TEST_DATABASE_URL and no more."""

from __future__ import annotations

import os

SETTINGS = {
    "APP_ENV",
    "DATABASE_URL",
    "JWT_SECRET_KEY",
    "LOG_LEVEL",
    "MAIL_SENDER",
    "MAIL_URL",
    "PROXY_HOPS",
    "REDIS_URL",
    "SECRET_KEY",
    "TRUSTED_HOSTS",
    "WEB_CONCURRENCY",
}


def pytest_configure() -> None:
    """Forget what the developer's shell says to the app, to Flask and to PostgreSQL's clients."""
    for name in [*os.environ]:
        if name in SETTINGS or name.startswith(("FLASK_", "PG")):
            del os.environ[name]
