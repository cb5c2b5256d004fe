"""The fixture `statements` counts what is sent to the database, and shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from app import db

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from tests.statements import Statements

ASK = text("SELECT 1 + :number")


def ask(session: Session, *numbers: int) -> None:
    """Send a statement for each number."""
    for number in numbers:
        session.execute(ASK, {"number": number})


def test_what_the_app_sends_is_counted(app: Flask, statements: Statements) -> None:
    with statements(exactly=2, at_most=2) as sent, app.app_context():
        ask(db.session(), 1, 2)
        db.session().commit()

    assert [statement.text.startswith("SELECT 1 + ") for statement in sent] == [True, True]


def test_too_many_are_shown_with_their_values(db_session: Session, statements: Statements) -> None:
    with pytest.raises(pytest.fail.Exception) as failure, statements(at_most=1):
        ask(db_session, 7, 8)

    first, second, third, repeated = str(failure.value).splitlines()
    assert first == "2 statements were sent where at most 1 may be:"
    assert second.startswith("  1. SELECT 1 + ")
    assert "7" in second
    assert "8" in third
    assert repeated.startswith("Sent 2 times: SELECT 1 + ")


@pytest.mark.parametrize("number", [0, 2])
def test_another_number_than_the_one_stated_fails(
    db_session: Session, statements: Statements, number: int
) -> None:
    with (
        pytest.raises(pytest.fail.Exception, match=f"{number} statements were sent instead of 1"),
        statements(exactly=1),
    ):
        ask(db_session, *range(number))


def test_fewer_than_there_may_be_are_fine(db_session: Session, statements: Statements) -> None:
    with statements(at_most=5) as sent:
        ask(db_session, 1)

    assert len(sent) == 1


def test_what_is_sent_before_and_after_is_not_counted(
    db_session: Session, statements: Statements
) -> None:
    ask(db_session, 1)
    with statements(exactly=0) as sent:
        pass
    ask(db_session, 2)

    assert sent == []


def test_an_error_in_the_block_is_the_one_that_is_seen(statements: Statements) -> None:
    with pytest.raises(ValueError, match="words"), statements(exactly=1):
        int("words")


def test_a_long_statement_is_shown_by_its_ends(db_session: Session, statements: Statements) -> None:
    columns = ", ".join(f"{number} AS column{number}" for number in range(100))

    with pytest.raises(pytest.fail.Exception) as failure, statements(exactly=0):
        db_session.execute(text(f"SELECT {columns} ORDER BY 1"))

    line = str(failure.value).splitlines()[1]
    assert len(line) < 300
    assert "SELECT 0 AS column0, " in line
    assert "ORDER BY 1" in line


@pytest.mark.usefixtures("real_commits")
def test_real_commits_are_counted_too(db_session: Session, statements: Statements) -> None:
    with statements(exactly=1):
        ask(db_session, 1)
        db_session.commit()
