"""A cookie, which browsers send along with forged requests, changes nothing at the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.client import Client


def unsafe(app: Flask) -> Iterator[tuple[str, str]]:
    """Return the method and the path of whatever changes something at the API."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
                yield method, re.sub(r"<[^>]+>", "1", rule.rule)


def test_a_user_without_a_token_is_a_stranger(
    app: Flask, auth_client: Client, client: Client
) -> None:
    tried = 0
    for method, path in unsafe(app):
        known, unknown = (each.open(path, method=method) for each in (auth_client, client))
        assert 400 <= known.status_code < 500, (method, path)
        assert (known.status_code, known.data) == (unknown.status_code, unknown.data), path
        tried += 1

    assert tried >= 3
