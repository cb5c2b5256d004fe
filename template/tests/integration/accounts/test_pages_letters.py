"""The links of letters lead to the pages that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from app import mail
from app.mail import Letter, carrier
from tests.factories import PASSWORD
from tests.letters import path_in, text_of
from tests.mail_server import wait_for_mail

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask

    from tests.client import Client

LINKS = {
    "welcome": "/confirm/abc",
    "confirm": "/confirm/abc",
    "reset": "/reset/abc",
    "email": "/email/abc",
    "password_changed": "/reset",
    "known": "/reset",
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_whole_in_text_and_in_html(app: Flask, name: str) -> None:
    with app.test_request_context(base_url="https://shop.example.com"):
        letter = mail.write(Letter("ann@example.com", name, {"username": "ann", "code": "abc"}))

    link = f"https://shop.example.com{LINKS[name]}"
    assert re.findall(r"http\S+", text_of(letter)) == [link]
    html = text_of(letter, "html")
    assert set(re.findall(r'href="([^"]+)"', html)) == {link}
    # Where a code is in it, it can be copied too.
    assert re.findall(r">(http[^<]+)<", html) == [link] * LINKS[name].endswith("/abc")


@pytest.mark.usefixtures("user")
def test_both_forms_of_a_letter_lead_to_one_page(
    client: Client, outbox: list[EmailMessage]
) -> None:
    client.submit("/reset", email="ann@example.com")

    path = path_in(outbox[0])
    assert f'href="http://localhost{path}"' in text_of(outbox[0], "html")
    assert "Choose a new password" in client.get(path).text


def test_a_mail_server_that_is_not_there_disturbs_nobody(
    app: Flask,
    auth_client: Client,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.extensions, "mail", carrier("smtp+plain://127.0.0.1:1"))

    response = auth_client.submit(
        "/profile/password",
        current_password=PASSWORD,
        password="another good passphrase",
        confirm_password="another good passphrase",
    )

    assert response.location == "/profile"
    wait_for_mail()
    said: list[Any] = [record.msg for record in caplog.records if record.name == "app.mail"]
    assert [(entry["event"], entry["request_id"]) for entry in said] == [
        ("a mail was not sent", response.headers["X-Request-ID"])
    ]


@pytest.mark.usefixtures("user")
def test_a_link_leads_to_this_site_whatever_a_browser_claims(
    client: Client, outbox: list[EmailMessage]
) -> None:
    client.environ_base["HTTP_X_FORWARDED_HOST"] = "evil.com"

    client.submit("/reset", email="ann@example.com")

    for kind in ("plain", "html"):
        assert "http://localhost/reset/" in text_of(outbox[0], kind)
        assert "evil.com" not in text_of(outbox[0], kind)
