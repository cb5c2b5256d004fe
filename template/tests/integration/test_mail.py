"""The letters: what they say, in text and in HTML."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from app.accounts.codes import LIFETIMES
from app.accounts.models import Purpose
from app.config import ConfigError
from app.mail import Letter, send, write
from tests.letters import text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from flask import Flask

TO = "ann@example.com"
CODE = "c" * 43
HOSTILE = "<b>o'hara</b>"

# The values of each letter, as the services give them.
VALUES: dict[str, dict[str, str]] = {
    "welcome": {"username": HOSTILE, "code": CODE},
    "confirm": {"username": HOSTILE, "code": CODE},
    "reset": {"username": HOSTILE, "code": CODE},
    "email": {"username": HOSTILE, "code": CODE},
    "password_changed": {"username": HOSTILE},
    "email_changed": {"username": HOSTILE, "email": "o'hara@example.com"},
    "known": {},
}
PURPOSES = {
    "welcome": Purpose.CONFIRM,
    "confirm": Purpose.CONFIRM,
    "reset": Purpose.RESET,
    "email": Purpose.EMAIL,
}
WORDS = {timedelta(days=3): "3 days", timedelta(days=1): "1 day", timedelta(hours=1): "1 hour"}

each_letter = pytest.mark.parametrize("name", VALUES)


def letter_of(app: Flask, name: str, to: str = TO, **values: Any) -> EmailMessage:
    """Return a letter as it is sent."""
    with app.test_request_context():
        return write(Letter(to, name, VALUES[name] | values))


def words(text: str) -> list[str]:
    """Return what a text says, however its lines are broken."""
    return text.split()


@each_letter
def test_a_letter_says_from_whom_it_is_and_to_whom(
    app: Flask, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SENDER", "no-reply@letters.example")

    letter = letter_of(app, name)

    assert letter["To"] == TO
    sender = letter["From"].addresses[0]
    assert sender.display_name == app.config["APP_NAME"]
    assert sender.addr_spec == "no-reply@letters.example"
    assert letter["Message-ID"].endswith("@letters.example>")
    assert abs(letter["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    assert letter["Subject"].strip() == letter["Subject"]
    assert letter["Subject"]


@pytest.mark.parametrize("name", ["Smith, Jones & Söhne", 'Smith, "Jones" and (many) others, ' * 3])
def test_any_name_stays_one_sender(app: Flask, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(app.config, "APP_NAME", name.strip())

    sent = message_from_bytes(letter_of(app, "known").as_bytes(), policy=default)

    assert [sender.display_name for sender in sent["From"].addresses] == [name.strip()]


@each_letter
def test_a_letter_comes_in_text_and_in_html(app: Flask, name: str) -> None:
    letter = letter_of(app, name)
    text, html = text_of(letter), text_of(letter, "html")

    assert letter.get_content_type() == "multipart/alternative"
    assert "<h1" in html
    assert letter["Subject"] in unescape(html)
    assert letter["Subject"] not in text.splitlines()[:2]
    assert app.config["APP_NAME"] in text
    assert "{" not in text.replace(app.config["APP_NAME"], "")
    for value in VALUES[name].values():
        assert value in text
        assert value in unescape(html)


@each_letter
def test_nobody_writes_html_into_a_letter(app: Flask, name: str) -> None:
    html = text_of(letter_of(app, name, email=HOSTILE), "html")

    assert "<b>" not in html


@each_letter
def test_a_letter_loads_nothing_from_elsewhere(app: Flask, name: str) -> None:
    html = text_of(letter_of(app, name), "html")

    assert "src=" not in html
    assert "url(" not in html
    assert "<script" not in html
    assert "<link" not in html


@pytest.mark.parametrize("name", PURPOSES)
def test_a_letter_says_how_long_its_code_lives(app: Flask, name: str) -> None:
    letter = letter_of(app, name)
    said = f"This works once, and for {WORDS[LIFETIMES[PURPOSES[name]]]}."

    assert said in text_of(letter)
    assert said in text_of(letter, "html")


@each_letter
def test_a_letter_says_what_to_do_if_it_was_somebody_else(app: Flask, name: str) -> None:
    letter = letter_of(app, name)

    for text in (text_of(letter), text_of(letter, "html")):
        assert "Was it not" in text


def test_an_address_does_not_add_to_the_head_of_a_letter(app: Flask) -> None:
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        letter_of(app, "known", to="ann@example.com\r\nBcc: all@example.com")


def test_a_letter_is_kept_in_tests(app: Flask, outbox: list[EmailMessage]) -> None:
    with app.test_request_context():
        send(Letter(TO, "known"))

    assert [letter["To"] for letter in outbox] == [TO]


def test_no_letter_is_none(app: Flask, outbox: list[EmailMessage]) -> None:
    with app.test_request_context():
        send(None)

    assert outbox == []


@pytest.mark.parametrize("url", ["pigeon://home", "smtp://"])
def test_an_app_does_not_start_with_a_bad_address(make_app: Callable[..., Flask], url: str) -> None:
    with pytest.raises(ConfigError, match=r"^MAIL_URL "):
        make_app(MAIL_URL=url)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_begins_with_an_empty_outbox(
    app: Flask, outbox: list[EmailMessage], turn: str
) -> None:
    assert outbox == [], turn

    with app.test_request_context():
        send(Letter(TO, "known"))


@each_letter
def test_html_says_what_the_text_says(app: Flask, name: str) -> None:
    letter = letter_of(app, name)
    html = " ".join(words(unescape(re.sub(r"<[^>]+>", "", text_of(letter, "html")))))

    for line in text_of(letter).splitlines():
        said = re.sub(r":? http\S+$|:$|^http\S+$", "", " ".join(words(line)))
        assert said in html
