"""Every error of the pages is a page, and tells no secrets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from flask import abort
from werkzeug.exceptions import MethodNotAllowed, TooManyRequests

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.exceptions import HTTPException

    from tests.client import Client


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (400, "The request could not be understood."),
        (401, "Unauthorized"),
        (403, "Not allowed"),
        (404, "There is nothing here."),
        (405, "This address does not answer to that method."),
        (409, "Conflict"),
        (413, "That is too large."),
        (415, "That did not work"),
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


@pytest.mark.parametrize(
    ("error", "header"),
    [
        (MethodNotAllowed(["POST"]), ("Allow", "POST")),
        (TooManyRequests(retry_after=60), ("Retry-After", "60")),
    ],
    ids=["method", "limit"],
)
def test_an_error_says_what_helps(
    app: Flask,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    error: HTTPException,
    header: tuple[str, str],
) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setitem(app.view_functions, "home.index", refuse)

    assert header in [*client.get("/").headers]


def test_a_form_that_is_too_large_is_refused(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)

    response = client.post("/", data={"a": "x" * 100})

    assert response.status_code == 413
    assert "That is too large." in response.text


def test_a_form_has_a_limit_at_all(app: Flask) -> None:
    assert 0 < (app.config["MAX_CONTENT_LENGTH"] or 0) <= 100 * 1024**2


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (403, "Not allowed"),
        (404, "Not found"),
        (418, "That did not work"),
        (500, "Our mistake"),
    ],
)
def test_a_page_says_whose_mistake_it_is(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, status: int, title: str
) -> None:
    monkeypatch.setitem(app.view_functions, "home.index", partial(abort, status))

    page = client.get("/").text

    assert f"<title>{title} " in page
    assert f"</span>{title}</h1>" in page


def test_an_address_that_there_is_not_is_a_page(client: Client) -> None:
    response = client.get("/nothing/at/all")

    assert response.status_code == 404
    assert response.mimetype == "text/html"
    assert "There is nothing here." in response.text


def test_who_asks_another_host_learns_nothing(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["example.com"])

    response = client.get("/", headers={"Host": "evil.com"})

    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert response.text == "The request could not be understood."


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


@pytest.mark.parametrize("status", [404, 500])
def test_a_page_of_an_error_names_a_request_that_had_no_name(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setitem(app.view_functions, "home.index", partial(abort, status))

    response = client.get("/", headers={"X-Request-ID": "no name"})

    assert f"<code>{response.headers['X-Request-ID']}</code>" in response.text
