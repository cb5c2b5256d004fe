"""What a developer's shell may hold: each variable with a value that must change nothing."""

from __future__ import annotations

NEVER = "never.db"
POISON = "poison from the shell"

SETTINGS = {
    "SECRET_KEY": POISON,
    "JWT_SECRET_KEY": POISON,
    "DATABASE_URL": "sqlite:///{folder}/never.db",
    "SQLALCHEMY_DATABASE_URI": "sqlite:///{folder}/never.db",
    "APP_ENV": "production",
    "LOG_LEVEL": "BOGUS",
    "TRUSTED_HOSTS": "poison.example",
    "PROXY_HOPS": "x",
    "SERVER_NAME": "poison.example",
    "APPLICATION_ROOT": "/poison",
    "TESTING": "0",
    "DEBUG": "1",
    "LOGIN_DISABLED": "1",
    "WTF_CSRF_ENABLED": "0",
    "RATELIMIT_ENABLED": "1",
    "REDIS_URL": "redis://poison.example:6379/0",
    "WEB_CONCURRENCY": "x",
    "MAIL_URL": "poison:",
    "MAIL_SENDER": POISON,
    "MAIL_SERVER": "poison.example",
    "MAIL_USERNAME": POISON,
    "MAIL_PASSWORD": POISON,
}
FLASK = {
    "FLASK_DEBUG": "1",
    "FLASK_ENV": "production",
    "FLASK_APP": "poison:app",
    "FLASK_RUN_PORT": "x",
    "FLASK_SECRET_KEY": POISON,
    "FLASK_TESTING": "0",
    "WERKZEUG_RUN_MAIN": "true",
    "WERKZEUG_DEBUG_PIN": "off",
}
TERMINAL = {
    "COLUMNS": "20",
    "LINES": "5",
    "TERM": "dumb",
    "NO_COLOR": "",
    "FORCE_COLOR": "1",
    "PY_COLORS": "1",
    "CI": "true",
}
PYTHON = {
    "PYTHONHASHSEED": "7",
    "PYTHONDEVMODE": "1",
    "PYTHONUTF8": "0",
    "PYTHONWARNINGS": "ignore",
}
OPTIMISED = {"PYTHONOPTIMIZE": "1"}
NETWORK = {
    "HTTP_PROXY": "http://poison.example:1",
    "HTTPS_PROXY": "http://poison.example:1",
    "NO_PROXY": "",
}
DATABASES = {
    "PGHOST": "poison.example",
    "PGPORT": "1",
    "PGUSER": "poison",
    "PGDATABASE": "poison",
    "PGOPTIONS": "-c default_transaction_read_only=on",
    "PGTZ": "Pacific/Apia",
    "MYSQL_HOST": "poison.example",
    "MYSQL_PWD": "poison",
}
SAMOA = {"TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "C", "LANGUAGE": "tr"}
TURKEY = {"TZ": "Asia/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}

SHELLS = {
    "settings": SETTINGS,
    "flask": FLASK,
    "terminal": TERMINAL,
    "python": PYTHON,
    "network": NETWORK,
    "databases": DATABASES,
    "samoa": SAMOA,
    "turkey": TURKEY,
}
ALL = {name: value for shell in SHELLS.values() for name, value in shell.items()}

MOMENTS = {
    "the last seconds of a year": ("2031-12-31T23:59:58+00:00", "UTC"),
    "a leap day": ("2028-02-29T12:00:00+00:00", "America/New_York"),
    "summer time begins": ("2027-03-28T00:59:58+00:00", "Europe/Berlin"),
    "summer time ends": ("2027-10-31T00:59:58+00:00", "Europe/Berlin"),
    "after 32 bits": ("2038-01-19T03:14:06+00:00", "UTC"),
    "the past": ("2020-01-01T00:00:00+00:00", "Asia/Kathmandu"),
}


def in_folder(shell: dict[str, str], folder: object) -> dict[str, str]:
    """Fill in the folder in which no database must appear."""
    return {name: value.replace("{folder}", str(folder)) for name, value in shell.items()}


def as_file(shell: dict[str, str]) -> str:
    """Write variables as a `.env` file has them."""
    return "".join(f'{name}="{value}"\n' for name, value in shell.items())
