"""Who carries mail: the console, the memory, nobody, or a server."""

from __future__ import annotations

import socket
from base64 import b64encode
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from app.config import ConfigError, ProductionConfig
from app.mail import Console, Memory, Nowhere, Server, carrier
from tests.mail_server import CERTIFICATE, MailServer, on_their_way, wait_for_mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from app.mail import Carrier

SCHEMES = ["smtp+plain", "smtp", "smtps"]
NOT_SENT = "a mail was not sent"

# An app has said by then how what happens is logged.
pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture
def message() -> EmailMessage:
    """Return a message in text and HTML."""
    message = EmailMessage()
    message["From"] = "app@example.com"
    message["To"] = "ann@example.com"
    message["Subject"] = "Grüße"
    message.set_content("the code in text")
    message.add_alternative("<p>the code in HTML</p>", subtype="html")
    return message


def deliver(carrier: Carrier, message: EmailMessage) -> None:
    """Hand a message over, and wait until it is delivered or not."""
    carrier.send(message)
    wait_for_mail()


def test_the_console_shows_the_text(
    message: EmailMessage, capsys: pytest.CaptureFixture[str]
) -> None:
    carrier("console:").send(message)

    assert capsys.readouterr().out == (
        "To: ann@example.com\nSubject: Grüße\n\nthe code in text\n\n"
    )


def test_the_memory_keeps_messages_in_order(message: EmailMessage) -> None:
    memory = Memory()
    memory.send(message)
    memory.send(EmailMessage())

    assert len(memory.outbox) == 2
    assert memory.outbox[0] is message


def test_a_message_for_nobody_is_warned_of_but_not_shown(
    message: EmailMessage, caplog: pytest.LogCaptureFixture
) -> None:
    carrier("").send(message)

    assert "MAIL_URL is not set, so a mail is dropped" in caplog.text
    assert "Grüße" in caplog.text
    assert "the code" not in caplog.text
    assert "ann@" not in caplog.text


@pytest.mark.parametrize(
    ("url", "kind"),
    [("", Nowhere), ("console:", Console), ("memory:", Memory), ("smtp://host", Server)],
)
def test_an_address_says_who_carries_mail(url: str, kind: type[Carrier]) -> None:
    assert type(carrier(url)) is kind


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtps://host", 465),
        ("smtp://host", 587),
        ("smtp+plain://host", 25),
        ("smtp://host:2525", 2525),
    ],
)
def test_a_server_has_the_port_of_its_kind(url: str, port: int) -> None:
    server = carrier(url)

    assert isinstance(server, Server)
    assert (server.host, server.port) == ("host", port)


def test_a_name_may_be_an_address() -> None:
    server = carrier("smtp://ann%40example.com:p%40ss@host")

    assert isinstance(server, Server)
    assert (server.user, server.password) == ("ann@example.com", "p@ss")


@pytest.mark.parametrize(
    "url",
    ["http://host", "smtp:", "smtp://", "host", "console", "smtp://a:hunter2@host:x", "smtp://[x"],
)
def test_an_address_that_is_none_is_refused_by_name(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^MAIL_URL is console:, or ") as refusal:
        carrier(url)

    assert "hunter2" not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    "sender", ["", "nobody", "nobody@", "@example.com", "Ann <ann@example.com>", "ann@a, bob@b"]
)
def test_a_sender_that_is_no_address_is_refused_by_name(
    make_app: Callable[..., Flask], sender: str
) -> None:
    with pytest.raises(ConfigError, match=r"^MAIL_SENDER must be one address, not "):
        make_app(MAIL_SENDER=sender)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_message_arrives_in_both_forms(
    message: EmailMessage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    scheme: str,
) -> None:
    caplog.set_level("DEBUG", "app")
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    with MailServer(scheme) as server:
        deliver(carrier(server.url()), message)

    letter = server.letters.get_nowait()
    assert "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=" in letter
    assert "the code in text" in letter
    assert "<p>the code in HTML</p>" in letter
    heard = " ".join(server.heard).lower()
    assert "mail from:<app@example.com>" in heard
    assert "rcpt to:<ann@example.com>" in heard
    assert "auth" not in heard
    assert "ann@example.com" not in caplog.text


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_is_told_the_name_and_the_password(
    message: EmailMessage, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    proof = b64encode(b"\0ann\0p@ss/").decode()

    with MailServer(scheme) as server:
        deliver(carrier(server.url(user="ann:p%40ss%2F@")), message)

    assert f"AUTH PLAIN {proof}" in server.heard
    assert not server.letters.empty()


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_nobody_vouches_for_gets_nothing(
    message: EmailMessage, caplog: pytest.LogCaptureFixture, scheme: str
) -> None:
    with MailServer(scheme) as server:
        deliver(carrier(server.url(user="ann:hunter2@")), message)

    assert NOT_SENT in caplog.text
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
    assert server.letters.empty()
    assert {line[:4].lower() for line in server.heard} <= {"ehlo", "star"}


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_does_not_encrypt_gets_nothing(
    message: EmailMessage, caplog: pytest.LogCaptureFixture, scheme: str
) -> None:
    with MailServer("smtp+plain") as server:
        deliver(carrier(server.url(scheme, "ann:hunter2@")), message)

    assert NOT_SENT in caplog.text
    assert server.letters.empty()
    assert "auth" not in " ".join(server.heard).lower()


def test_a_server_that_is_not_there_is_logged_without_what_is_secret(
    message: EmailMessage, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(carrier("smtp+plain://ann:hunter2@127.0.0.1:1"), message)

    assert NOT_SENT in caplog.text
    assert "ConnectionRefusedError" in caplog.text
    assert "Grüße" in caplog.text
    assert "hunter2" not in caplog.text
    assert "the code" not in caplog.text


def test_a_password_that_mail_cannot_say_is_logged(
    message: EmailMessage, caplog: pytest.LogCaptureFixture
) -> None:
    with MailServer() as server:
        deliver(carrier(server.url(user="ann:gr%C3%BC%C3%9Fe@")), message)

    assert NOT_SENT in caplog.text
    assert server.letters.empty()


def test_nobody_waits_for_a_slow_server(
    message: EmailMessage, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        carrier(f"smtp+plain://127.0.0.1:{silent.getsockname()[1]}").send(message)
        connection, _ = silent.accept()

        # The end of the process waits for it, which a daemon would not make it do.
        assert [thread.daemon for thread in on_their_way()] == [False]
        connection.close()

    wait_for_mail()
    assert NOT_SENT in caplog.text


@pytest.mark.parametrize("scheme", ["smtp+plain", "smtps"])
def test_a_server_that_says_nothing_is_given_up(
    message: EmailMessage,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
) -> None:
    monkeypatch.setattr("app.mail.SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        carrier(f"{scheme}://127.0.0.1:{silent.getsockname()[1]}").send(message)
        connection, _ = silent.accept()
        with connection:
            wait_for_mail(seconds=5)
            waiting = on_their_way()

    assert waiting == []
    assert NOT_SENT in caplog.text
    assert "TimeoutError" in caplog.text


def test_a_letter_that_is_not_sent_does_not_name_its_reader(
    message: EmailMessage, caplog: pytest.LogCaptureFixture
) -> None:
    deliver(carrier("smtp+plain://127.0.0.1:1"), message)

    assert NOT_SENT in caplog.text
    assert "ann@" not in caplog.text


def test_production_prints_no_letter() -> None:
    # The log would hold its code.
    assert ProductionConfig({}).MAIL_URL == ""
