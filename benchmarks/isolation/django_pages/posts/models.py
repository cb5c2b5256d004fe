"""Posts."""

# mypy: ignore-errors

from __future__ import annotations

from django.conf import settings
from django.db import models


class Post(models.Model):
    """A post."""

    title = models.CharField(max_length=200)
    content = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.title
