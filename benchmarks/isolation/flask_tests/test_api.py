"""One row, one GET that shows it, one POST that commits a second: the API, nobody logged in."""

# mypy: ignore-errors

from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from app.notes.models import Note
from sqlalchemy import func, select

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

TESTS = int(os.environ["BENCH_TESTS"])
BOTH = 2


@pytest.mark.parametrize("number", range(TESTS))
def test_one_row_is_shown_and_a_second_is_made(
    number: int, client: FlaskClient, db_session: Session
) -> None:
    """Do what most tests of an app do."""
    note = Note(title=f"First {number}")
    db_session.add(note)
    db_session.commit()

    shown = client.get(f"/api/v1/notes/{note.id}")
    assert shown.status_code == HTTPStatus.OK
    assert f"First {number}" in shown.text

    made = client.post("/api/v1/notes/", json={"title": "Second"})
    assert made.status_code == HTTPStatus.CREATED
    assert db_session.scalar(select(func.count()).select_from(Note)) == BOTH
