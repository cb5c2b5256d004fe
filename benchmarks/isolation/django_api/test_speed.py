"""The test of test_api.py, in Django."""

# mypy: ignore-errors

from __future__ import annotations

import os
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from notes.models import Note

if TYPE_CHECKING:
    from django.test import Client

TESTS = int(os.environ["BENCH_TESTS"])
BOTH = 2


@pytest.mark.parametrize("number", range(TESTS))
def test_one_row_is_shown_and_a_second_is_made(number: int, client: Client, db: None) -> None:  # noqa: ARG001
    """Do what most tests of an app do."""
    note = Note.objects.create(title=f"First {number}")

    shown = client.get(f"/api/v1/notes/{note.id}")
    assert shown.status_code == HTTPStatus.OK
    assert f"First {number}" in shown.text

    made = client.post("/api/v1/notes/", {"title": "Second"}, content_type="application/json")
    assert made.status_code == HTTPStatus.CREATED
    assert Note.objects.count() == BOTH
