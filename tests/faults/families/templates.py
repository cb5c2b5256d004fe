"""What the pages show, shown carelessly, one place at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

# What users have typed; a title that is nobody's is the page's own.
TYPED = re.compile(
    r"\{\{ ((?:(?:\w+\.)+(?:title|content|username|email)|email)(?: \| [^{}]+)?) \}\}"
)
TOKEN = re.compile(
    r"\{\{ form\.hidden_tag\(\) \}\}|<input type=\"hidden\" name=\"csrf_token\"[^>]*>"
)


def raw(source: Source) -> Iterator[Fault]:
    """Make a fault of each text of a user's: that its markup is taken for the page's."""
    for number, place in enumerate(TYPED.finditer(source.text), start=1):
        name = f"markup in {place[1]!r} ({number})"
        yield changed(source, name, *place.span(1), f"{place[1]} | safe")


def no_token(source: Source) -> Iterator[Fault]:
    """Make a fault of each form: that it carries no token."""
    for number, place in enumerate(TOKEN.finditer(source.text), start=1):
        yield changed(source, f"form {number} without a token", *place.span(), "")
