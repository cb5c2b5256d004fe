"""The endpoints of notes, as Django REST framework's documentation writes them."""

# mypy: ignore-errors

from __future__ import annotations

from notes.models import Note
from rest_framework.mixins import CreateModelMixin, RetrieveModelMixin
from rest_framework.serializers import ModelSerializer
from rest_framework.viewsets import GenericViewSet


class NoteSerializer(ModelSerializer):
    """What is taken and given of a note."""

    class Meta:
        """Of what."""

        model = Note
        fields = ("id", "title", "created_at", "updated_at")


class Notes(CreateModelMixin, RetrieveModelMixin, GenericViewSet):
    """Add a note, and show one."""

    queryset = Note.objects.all()
    serializer_class = NoteSerializer
