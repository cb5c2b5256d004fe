"""How answers are written."""

# mypy: ignore-errors

from __future__ import annotations

from typing import Any

from rest_framework.renderers import JSONRenderer


class Envelope(JSONRenderer):
    """Puts what is given under a name, as our API does."""

    def render(self, data: Any, *args: Any) -> bytes:
        """Write an answer."""
        return super().render({"data": data}, *args)
