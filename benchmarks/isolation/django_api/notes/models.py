"""Notes."""

# mypy: ignore-errors

from __future__ import annotations

from django.db import models


class Note(models.Model):
    """A note."""

    title = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title
