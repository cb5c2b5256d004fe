"""A project that goes to another database takes its history and its rows along."""

from __future__ import annotations

import json
import pickle
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise, permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.isolation.projects import rare, sampled
from tests.support.rendering import render
from tests.support.suite import run_suite
from tests.support.tools import clean_environ
from tests.update.guide import code
from tests.update.histories import environ_of, follow, revise

if TYPE_CHECKING:
    from collections.abc import Mapping

MOVED = Path(__file__).with_name("moved.py")
FIELDS = {
    "name": "str(40)",
    "code": "str(20)!",
    "whole": "int(1..5)",
    "ratio": "float",
    "price": "decimal(8,2)",
    "open": "bool",
    "day_of": "date",
    "begins": "datetime",
    "genre": "choice(novel|essay)",
    "words": "text",
    "owned": True,
}
THINGS = {"shelf": {"name": "str(40)", "plural": "shelves"}, "thing": FIELDS}
# What a history goes through: accounts go, fields and tables go and come, rules change.
PAST: list[tuple[str, dict[str, object]]] = [
    ("both", {**THINGS, "thing": {**FIELDS, "shelf": "ref(shelf)?"}}),
    ("none", THINGS),
    ("both", {"shelf": {"name": "str(20)!", "plural": "shelves"}, "box": {"number": "int"}}),
    ("both", {"box": {"number": "str(9)"}, **THINGS}),
]
MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
TIMES = {"created_at": MOMENT, "updated_at": MOMENT}
ROWS: dict[str, list[dict[str, Any]]] = {
    "users": [
        {
            "id": 7,
            "username": "bea",
            "email": "bea@example.com",
            "password_hash": "h",
            "role": "admin",
            "active": False,
            "created_at": MOMENT,
            "confirmed_at": None,
        }
    ],
    "shelves": [{"id": 3, "name": "Größe 🐎", **TIMES}],
    "boxes": [],
    "logins": [],
    "codes": [],
    "things": [
        {
            "id": 9,
            "name": "N",
            "code": "c",
            "whole": 5,
            "ratio": 0.1,
            "price": Decimal("-9.90"),
            "open": True,
            "day_of": date(2026, 1, 2),
            "begins": MOMENT,
            "genre": "essay",
            "words": "one\\ntwo",
            "owner_id": 7,
            **TIMES,
        }
    ],
}
WAYS = [*permutations(["sqlite", "postgresql", "mysql"], 2)]
DRAWN = sampled("moved databases").choice(WAYS)


@pytest.mark.parametrize("way", [way if way == DRAWN else rare(way) for way in WAYS], ids="-".join)
def test_a_history_and_rows_go_to_another_database(
    way: tuple[str, str], snapshot: Path, python: Path, tmp_path: Path
) -> None:
    """The tables are made from nothing as the models are, and every value is what it was."""
    old, new = way
    project = grown(old, snapshot, python, tmp_path / "old")
    moved = render(snapshot, tmp_path / "new", answers(new, *PAST[-1]))
    follow(moved, project)
    first, second, third = (tmp_path / f"{name}.pickle" for name in ("first", "second", "third"))
    first.write_bytes(pickle.dumps(ROWS))
    wanted = json.loads(json.dumps(ROWS, default=str))

    made = revise(python, moved, environ_of(new))

    assert made == ("migrations/versions/0007_change_things.py" if "sqlite" in (old, new) else "")
    assert move(python, project, environ_of(old), first, second, "dan") == wanted
    assert move(python, moved, environ_of(new), second, third, "eve") == wanted
    address = environ_of(new).get("TEST_DATABASE_URL", "")
    tests = ("--no-cov", "tests/integration/test_migrations.py")
    done = run_suite(python, moved, *tests, database_url=address)
    assert done.status == 0, done.output


def answers(database: str, auth: str, resources: Mapping[str, object]) -> dict[str, str]:
    """Return the answers of a project."""
    return {"database": database, "auth": auth, "resources": json.dumps(resources)}


def grown(database: str, snapshot: Path, python: Path, folder: Path) -> Path:
    """Return a project with a past: each state of it got its migration."""
    projects = [
        render(snapshot, folder / str(number), answers(database, *state))
        for number, state in enumerate(PAST)
    ]
    for before, after in pairwise(projects):
        follow(after, before)
        assert revise(python, after, environ_of(database))
    return projects[-1]


def move(
    python: Path, project: Path, environ: Mapping[str, str], given: Path, saved: Path, name: str
) -> dict[str, list[dict[str, object]]]:
    """Load rows into a database of the project's, add a user, save; return the others."""
    (project / "move.py").write_text(code('"""Save'), encoding="utf-8")
    done = subprocess.run(
        [python, MOVED, given, saved, name],
        cwd=project,
        env=clean_environ(**environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (project / "move.py").unlink()
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout.splitlines()[-1])
    added = [user for user in found["users"] if user["username"] == name]
    assert len(added) == 1
    found["users"] = [user for user in found["users"] if user["id"] == ROWS["users"][0]["id"]]
    return found
