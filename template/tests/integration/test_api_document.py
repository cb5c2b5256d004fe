"""The API's document is true, and can be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    """Return the OpenAPI document."""
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response.json
    return dict(response.json)


def test_it_names_the_app(app: Flask, document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["info"] == {"title": app.config["APP_NAME"], "version": "v1"}


def test_it_holds_every_endpoint_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and not rule.endpoint.startswith("docs.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == {
        (path, method)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }


def test_it_says_what_goes_in_and_what_comes_out(document: dict[str, Any]) -> None:
    operation = document["paths"]["/api/v1/posts/"]["post"]

    body = operation["requestBody"]["content"]["application/json"]["schema"]
    answer = operation["responses"]["201"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/PostBody"}
    assert answer == {"$ref": "#/components/schemas/PostAnswer"}
    assert document["components"]["schemas"]["PostBody"]["required"] == ["content", "title"]
    assert document["components"]["schemas"]["PostBody"]["additionalProperties"] is False


def test_it_can_be_read_as_a_page(client: Client, document: dict[str, Any]) -> None:
    response = client.get("/api/v1/docs")

    assert response.status_code == 200
    assert response.mimetype == "text/html"
    for path in document["paths"]:
        assert path in response.text
