"""The endpoints of notes, written as Django's own documentation would without more libraries."""

# mypy: ignore-errors

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from notes.models import Note

if TYPE_CHECKING:
    from django.http import HttpRequest


class NoteForm(forms.ModelForm):
    """What is taken of a note."""

    class Meta:
        """Of what."""

        model = Note
        fields = ("title",)


@require_POST
def create(request: HttpRequest) -> JsonResponse:
    """Add a note."""
    form = NoteForm(json.loads(request.body))
    if not form.is_valid():
        return JsonResponse({"error": form.errors.get_json_data()}, status=422)
    return JsonResponse({"data": given(form.save())}, status=201)


@require_GET
def show(_request: HttpRequest, note_id: int) -> JsonResponse:
    """Show a note."""
    return JsonResponse({"data": given(get_object_or_404(Note, pk=note_id))})


def given(note: Note) -> dict[str, Any]:
    """Return what is given of a note."""
    return {
        "id": note.id,
        "title": note.title,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
    }
