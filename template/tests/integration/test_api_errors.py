"""Every error of the API is JSON, in one envelope, and tells no secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import abort

from app.errors import ForbiddenError, UnauthorizedError

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client

URL = "/api/v1/posts/"
CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    422: "VALIDATION_ERROR",
    429: "TOO_MANY_REQUESTS",
    500: "INTERNAL_ERROR",
    503: "SERVICE_UNAVAILABLE",
}


@pytest.mark.parametrize(("status", "code"), CODES.items())
def test_each_status_has_its_code(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch, status: int, code: str
) -> None:
    monkeypatch.setitem(app.view_functions, "posts_api.list_posts", lambda: abort(status))

    response = client.get(URL)

    assert response.status_code == status
    assert response.is_json
    assert response.json
    assert list(response.json) == ["error"]
    assert response.json["error"]["code"] == code
    assert response.json["error"]["details"] == {}
    assert response.json["error"]["message"]


@pytest.mark.parametrize("error", [UnauthorizedError, ForbiddenError])
def test_named_errors_are_json_too(
    app: Flask,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    error: type[UnauthorizedError | ForbiddenError],
) -> None:
    def refuse() -> None:
        raise error

    monkeypatch.setitem(app.view_functions, "posts_api.list_posts", refuse)

    response = client.get(URL)

    assert response.status_code == error.status
    assert response.json == {"error": {"code": error.code, "message": error.message, "details": {}}}


def test_a_bug_tells_the_log_and_nobody_else(
    app: Flask,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail() -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "posts_api.list_posts", fail)

    response = client.get(URL)

    assert response.status_code == 500
    assert response.json == {
        "error": {
            "code": "INTERNAL_ERROR",
            "message": "Something went wrong on our side.",
            "details": {},
        }
    }
    assert "hunter2" in caplog.text


@pytest.mark.parametrize("body", ["{", "", "{'a': 1}", b"\xff\xfe", '{"a": }'])
def test_bad_json_is_a_bad_request(api: Client, body: str | bytes) -> None:
    response = api.post(URL, data=body or " ", content_type="application/json")

    assert response.status_code == 400
    assert response.json
    assert response.json["error"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_body_must_be_json(api: Client, content_type: str) -> None:
    response = api.post(URL, data='{"title": "T", "content": "C"}', content_type=content_type)

    assert response.status_code == 415
    assert response.json
    assert response.json["error"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


def test_a_body_that_is_too_large_is_refused(
    app: Flask, api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)

    response = api.post(URL, json={"title": "T", "content": "x" * 100})

    assert response.status_code == 413
    assert response.json
    assert response.json["error"]["code"] == "PAYLOAD_TOO_LARGE"


def test_a_body_has_a_limit_at_all(app: Flask) -> None:
    assert app.config["MAX_CONTENT_LENGTH"] == 1024 * 1024


def test_an_address_that_there_is_not_is_not_found_in_json(client: Client) -> None:
    response = client.get("/api/v1/nothing")

    assert response.status_code == 404
    assert response.json
    assert response.json["error"]["code"] == "NOT_FOUND"


def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    response = client.put(URL)

    assert response.status_code == 405
    assert response.allow == {"GET", "HEAD", "OPTIONS", "POST"}
