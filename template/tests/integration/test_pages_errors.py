"""Every error of the pages is a page, and tells no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import abort

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "The request could not be understood."),
        (403, "Not allowed"),
        (404, "There is nothing here."),
        (405, "This address does not answer to that method."),
        (409, "Conflict"),
        (413, "That is too large."),
        (422, "Some values are not valid."),
        (429, "Too many requests."),
        (500, "Something went wrong on our side."),
    ],
)
def test_each_status_has_its_page(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, status: int, text: str
) -> None:
    monkeypatch.setitem(app.view_functions, "home.index", lambda: abort(status))

    response = client.get("/")

    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert text in response.text
    assert str(status) in response.text


def test_an_address_that_there_is_not_is_a_page(client: Client) -> None:
    response = client.get("/nothing/at/all")

    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "There is nothing here." in response.text


def test_a_page_of_an_error_names_the_request(client: Client) -> None:
    response = client.get("/nothing", headers={"X-Request-ID": "find-me-1234"})

    assert "find-me-1234" in response.text


def test_a_bug_tells_the_log_and_nobody_else(
    app: Flask,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "home.index", fail)

    response = client.get("/")

    assert response.status_code == 500
    assert response.mimetype == "text/html"
    assert "hunter2" not in response.text
    assert "hunter2" in caplog.text
