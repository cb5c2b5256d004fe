"""Text that comes through the API is text that every database keeps."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from app.api import storable


@pytest.mark.parametrize("text", ["", "Grüße, 世界 🎉", "two\nlines"])
def test_text_of_any_script_is_taken(text: str) -> None:
    storable(text)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "half \udfff"])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        storable(text)
