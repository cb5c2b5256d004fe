"""Where the endpoints are."""

# mypy: ignore-errors

from __future__ import annotations

from django.urls import path

from notes import views

urlpatterns = [
    path("api/v1/notes/", views.create),
    path("api/v1/notes/<int:note_id>", views.show),
]
