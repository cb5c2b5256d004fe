"""What letters say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage

CODE = re.compile(r"[\w-]{43}")


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """Return what a letter says in plain text, or in HTML."""
    body = letter.get_body((kind,))
    assert body, letter
    return str(body.get_content())


def code_in(letter: EmailMessage) -> str:
    """Return the code that a letter holds."""
    found = CODE.search(text_of(letter))
    assert found, letter
    return found[0]


def path_in(letter: EmailMessage) -> str:
    """Return where the link of a letter leads, on this site."""
    found = re.search(r"http://localhost(/\S+)", text_of(letter))
    assert found, letter
    return found[1]
