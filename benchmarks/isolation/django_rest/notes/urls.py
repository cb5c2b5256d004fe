"""Where the endpoints are."""

# mypy: ignore-errors

from __future__ import annotations

from django.urls import path
from notes.views import Notes

urlpatterns = [
    path("api/v1/notes/", Notes.as_view({"post": "create"})),
    path("api/v1/notes/<int:pk>", Notes.as_view({"get": "retrieve"})),
]
