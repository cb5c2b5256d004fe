"""Accounts that come to an app with rows, or go from one, on each database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.isolation.projects import some_of
from tests.support.checks import assert_none
from tests.support.rendering import render
from tests.support.suite import run_suite
from tests.support.tools import lint_complaints, type_complaints
from tests.update.guide import give_rows_to_an_account
from tests.update.histories import TIMES, follow, insert, play, revise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOMENT = TIMES["created_at"]
POST = {"id": "1", "title": "'T'", "content": "'C'", **TIMES}
USER = {
    "id": "1",
    "username": "'bea'",
    "email": "'bea@example.com'",
    "password_hash": "'h'",
    "role": "'user'",
    "active": "TRUE",
    "created_at": MOMENT,
}
LOGIN = {
    "id": "1",
    "user_id": "1",
    "token_hash": "'h'",
    "created_at": MOMENT,
    "expires_at": MOMENT,
}
CODE = {
    "id": "1",
    "user_id": "1",
    "purpose": "'reset'",
    "code_hash": "'h'",
    "email": "'bea@example.com'",
    "expires_at": MOMENT,
}
OWNED = [
    insert("users", USER),
    insert("logins", LOGIN),
    insert("codes", CODE),
    insert("posts", POST, author_id="1"),
]


@pytest.fixture(scope="module", params=some_of(["sqlite", "postgresql", "mysql"], 1))
def database(request: pytest.FixtureRequest) -> str:
    """Name a database."""
    return str(request.param)


@pytest.fixture(scope="module")
def projects(
    database: str,
    environ: Mapping[str, str],
    snapshot: Path,
    python: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[Path]:
    """Make a project without accounts, let them come, and let them go again."""
    folder, found = tmp_path_factory.mktemp(database), []
    for number, auth in enumerate(["none", "session", "none"]):
        answers = {"database": database, "auth": auth, "interface": "pages"}
        found.append(render(snapshot, folder / str(number), answers))
        if number:
            follow(found[-1], found[-2])
            assert revise(python, found[-1], environ)
    return found


def test_rows_that_belong_to_nobody_stop_the_migration(
    projects: list[Path], python: Path, environ: Mapping[str, str]
) -> None:
    """One line says what to do, and nothing has changed; without rows it goes on."""
    said = play(projects[1], python, environ, {"empty": [], "rows": [insert("posts", POST)]})

    assert said["empty"]["as before"]
    assert said["empty"]["users"] == []
    assert said["rows"] == {
        "refused": "Stopped, nothing was changed: posts has rows, and nothing says what goes into "
        "author_id: delete them, or write it into 0003_add_users_codes_and_logins. They are found "
        "by: SELECT * FROM posts",
        "untouched": True,
    }


def test_the_guide_gives_them_to_an_account(
    projects: list[Path], python: Path, environ: Mapping[str, str], tmp_path: Path
) -> None:
    """What it says to write keeps the rows, there and back."""
    project = tmp_path / "project"
    give_rows_to_an_account(projects[1], project)

    said = play(project, python, environ, {"rows": [insert("posts", POST)]})["rows"]

    (user,) = said["users"]
    assert (user["username"], user["role"], user["active"]) == ("ann", "admin", True)
    assert [(post["title"], post["author_id"]) for post in said["posts"]] == [("T", user["id"])]
    assert said["as before"]
    assert_none(lint_complaints(python, project))


def test_accounts_go_and_rows_stay(
    projects: list[Path], python: Path, environ: Mapping[str, str]
) -> None:
    """Users go with all that is theirs; the way back asks to whom the rows belong."""
    said = play(projects[2], python, environ, {"rows": OWNED})["rows"]

    assert {*said} == {"posts", "alembic_version", "back", "as before"}
    assert [post["title"] for post in said["posts"]] == ["T"]
    assert said["back"].startswith(
        "Stopped, nothing was changed: posts has rows, and nothing says what goes into author_id: "
    )
    assert said["as before"]


@pytest.mark.exhaustive
@pytest.mark.parametrize("last", [1, 2])
def test_the_suite_is_green_with_the_history_that_came_of_it(
    projects: list[Path], python: Path, worker: str, environ: Mapping[str, str], last: int
) -> None:
    """It goes up and down each migration, and the tools find nothing in them."""
    url = environ.get("TEST_DATABASE_URL", "")

    run_suite(python, projects[last], database_url=url).assert_green(50)
    assert_none(lint_complaints(python, projects[last]))
    assert_none(type_complaints(python, projects[last], worker))
