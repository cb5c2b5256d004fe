"""A form that another site has forged is refused, and one that cannot be kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flask import request
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import BadRequest

from app.csrf import csrf

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import Client

SAFE = {"GET", "HEAD", "OPTIONS"}


def test_a_form_without_its_token_is_refused(app: Flask, client: Client) -> None:
    for rule in app.url_map.iter_rules():
        # The API has its own tests.
        if not rule.rule.startswith("/api/"):
            for method in (rule.methods or set()) - SAFE:
                path = re.sub(r"<[^>]+>", "1", rule.rule)
                response = client.open(path, method=method)
                assert response.status_code == 400, (method, path)
                assert f"<code>{response.headers['X-Request-ID']}</code>" in response.text


def test_a_page_that_is_out_of_date_says_what_to_do(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise CSRFError("The CSRF token has expired.")

    monkeypatch.setitem(app.view_functions, "home.index", refuse)

    response = client.get("/")

    assert response.status_code == 400
    assert "Please open it again and repeat it." in response.text


def test_the_check_is_not_switched_off(app: Flask) -> None:
    assert app.config["WTF_CSRF_ENABLED"]
    assert app.config["WTF_CSRF_CHECK_DEFAULT"]


def test_a_form_with_a_nul_is_refused(app: Flask) -> None:
    form = {"title": ["fine", "a\0b"]}

    with app.test_request_context(method="POST", data=form):
        request.environ["HTTP_X_CSRFTOKEN"] = generate_csrf()
        with pytest.raises(BadRequest) as refused:
            csrf.protect()

    assert not isinstance(refused.value, CSRFError)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_method_that_changes_something_takes_a_token(app: Flask, method: str) -> None:
    with app.test_request_context(method=method), pytest.raises(CSRFError, match="missing"):
        csrf.protect()


@pytest.mark.parametrize("method", sorted(SAFE))
def test_a_request_that_changes_nothing_has_no_form_to_read(app: Flask, method: str) -> None:
    with app.test_request_context("/healthz", method=method, data={"title": "a\0b"}):
        csrf.protect()
        assert "form" not in vars(request)
