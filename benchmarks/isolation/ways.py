"""The ways that are compared: each a project, a database, and what its tests are started with."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.machine import server_url
from tests.support.rendering import render

HERE = Path(__file__).resolve().parent
API, PAGES = "api", "pages"
ANSWERS = {
    API: {"resources": "{note: {title: str(200)}}", "auth": "none", "interface": "api"},
    PAGES: {},
}
SERVERS = {"postgresql": "PostgreSQL", "mysql": "MariaDB", "sqlite": "SQLite"}
# Django's and the empty project's pytest.ini have the rest of what our projects' options are.
OPTIONS = ("-q", "-x", "--tb=short", "--no-cov", "-p", "no:randomly")


@dataclass(frozen=True)
class Way:
    """A way to keep tests apart, or the empty test."""

    name: str
    app: str = API
    database: str = "sqlite"

    def __str__(self) -> str:
        return f"{self.name}, {self.app}, {SERVERS[self.database]}"


OURS, DJANGO, TUTORIAL, EMPTY = "ours", "Django", "tutorial", "an empty test"
BARE = "bare Django"
DJANGOS = (DJANGO, BARE)
# The later ones are laid over the first.
SOURCES = {
    (EMPTY, API): ("empty",),
    (BARE, API): ("django_api",),
    (DJANGO, API): ("django_api", "django_rest"),
    (DJANGO, PAGES): ("django_pages",),
}
CLEANED = ("drop/create", "TRUNCATE", "DELETE")
WAYS = (
    Way(EMPTY),
    Way(OURS),
    Way(DJANGO),
    Way(BARE),
    Way(OURS, PAGES),
    Way(DJANGO, PAGES),
    Way(TUTORIAL),
    Way(TUTORIAL, PAGES),
    Way("drop/create"),
    Way(OURS, API, "postgresql"),
    Way(DJANGO, API, "postgresql"),
    Way(BARE, API, "postgresql"),
    Way(OURS, PAGES, "postgresql"),
    Way(DJANGO, PAGES, "postgresql"),
    Way("drop/create", API, "postgresql"),
    Way("TRUNCATE", API, "postgresql"),
    Way("DELETE", API, "postgresql"),
    Way(OURS, API, "mysql"),
    Way(OURS, PAGES, "mysql"),
)


@cache
def project(way: Way, snapshot: Path) -> Path:
    """Make the project of a way, its test in it."""
    folder = snapshot.with_name(str(way).replace(" ", "-").replace("/", "-"))
    if copied := SOURCES.get((way.name, way.app)):
        for source in copied:
            shutil.copytree(HERE / source, folder, dirs_exist_ok=True)
        return folder
    render(snapshot, folder, {**ANSWERS[way.app], "database": way.database})
    shutil.copy(HERE / "flask_tests" / f"test_{way.app}.py", folder / "tests/test_speed.py")
    if way.name != OURS:
        conftest = "tutorial.py" if way.name == TUTORIAL else "cleaned.py"
        shutil.copy(HERE / "other_ways" / conftest, folder / "tests/conftest.py")
    return folder


def arguments(way: Way) -> tuple[str, ...]:
    """Return what pytest is started with: the same plugins in all ways, but for Django's."""
    if way.name in DJANGOS:
        return (*OPTIONS, "test_speed.py")
    tests = "test_nothing.py" if way.name == EMPTY else "tests/test_speed.py"
    return (*OPTIONS, "-p", "no:django", tests)


def environ(way: Way) -> dict[str, str]:
    """Return what tells a run its way and a database of its own, a new one each time."""
    name = f"evergreen_test_{uuid.uuid4().hex[:8]}"
    url = "" if way.database == "sqlite" else f"{server_url(way.database)}/{name}"
    if way.name in DJANGOS:
        return {"BENCH_DATABASE": json.dumps(django_database(url))}
    if way.name in CLEANED:
        return {"BENCH_WAY": way.name, "BENCH_URL": url or "sqlite://"}
    return {"TEST_DATABASE_URL": url} if url else {}


def django_database(url: str) -> dict[str, str | int | None]:
    """Write an address as Django takes it."""
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": parts.username,
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname,
        "PORT": parts.port,
    }
