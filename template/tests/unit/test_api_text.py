"""Text that comes through the API is text that every database keeps."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError, fields

from app.api import Strict, not_blank, storable


class NoteSchema(Strict):
    """Some text."""

    text = fields.String(validate=not_blank)


@pytest.mark.parametrize("text", ["", "Grüße, 世界 🎉", "two\nlines"])
def test_text_of_any_script_is_taken(text: str) -> None:
    storable(text)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "half \udfff"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        storable(text)


def test_each_error_is_named_once_however_often_a_schema_is_made() -> None:
    for _ in range(3):
        NoteSchema()

    assert NoteSchema().validate({"text": "a\0b"}) == {"text": ["Must be text that can be stored."]}


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\x1f", "\x85", "\xa0", "\u2003", "\ufeff"])
def test_blank_text_is_refused(text: str) -> None:
    assert NoteSchema().validate({"text": text}) == {"text": ["Must not be blank."]}


def test_text_among_blanks_is_taken() -> None:
    assert NoteSchema().validate({"text": " \x1f a \n"}) == {}
