"""The form of a post."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.posts.models import CONTENT_LENGTH, TITLE_LENGTH


class PostForm(FlaskForm):
    """What somebody writes."""

    title = StringField("Title", [DataRequired(), Length(max=TITLE_LENGTH)])
    content = TextAreaField("Content", [DataRequired(), Length(max=CONTENT_LENGTH)])

    def values(self) -> dict[str, Any]:
        """Return what was written, by the names that the service uses."""
        return {"title": self.title.data, "content": self.content.data}
