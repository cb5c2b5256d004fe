"""Texts in forms: a browser ends each of their lines with two characters."""

from __future__ import annotations

from typing import Any

from wtforms import fields


class TextAreaField(fields.TextAreaField):
    """Takes a text with the line breaks that were typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was sent, each line ended as it is everywhere but in a browser."""
        super().process_formdata([text.replace("\r\n", "\n") for text in valuelist])
