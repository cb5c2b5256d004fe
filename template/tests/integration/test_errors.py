"""What the error handlers leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, make_response

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.client import Client


def test_an_answer_that_a_view_has_made_itself_is_kept(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pour() -> None:
        abort(make_response("tea", 418))

    monkeypatch.setitem(app.view_functions, "health.healthz", pour)

    response = client.get("/healthz")

    assert (response.status_code, response.text) == (418, "tea")
