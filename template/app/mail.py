"""Mail: letters in text and HTML, sent after what they tell of is committed."""

from __future__ import annotations

import smtplib
import ssl
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

import click
import structlog
from flask import current_app, render_template

from app.config import ConfigError

if TYPE_CHECKING:
    from flask import Flask

# Of each, the port that its servers listen on; the last one is not encrypted.
PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
SECONDS = 10  # that a server may take to answer
# A name whose quotes would stand on two lines loses them on its way, and becomes several senders.
UNBROKEN = policy.default.clone(max_line_length=998)
# ValueError: a password or an address that SMTP has no letters for.
FAILURES = (OSError, ValueError, smtplib.SMTPException)

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Letter:
    """What is written to an address: the name of its templates, and what they tell."""

    to: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)


class Carrier(Protocol):
    """Takes messages to their readers."""

    def send(self, message: EmailMessage) -> None:
        """Take one."""


class Console:
    """Prints the text of messages, for development."""

    def send(self, message: EmailMessage) -> None:
        """Print one."""
        body = message.get_body(("plain",))
        text = body.get_content() if body else ""
        click.echo(f"To: {message['To']}\nSubject: {message['Subject']}\n\n{text}")


class Memory:
    """Keeps messages, for tests."""

    def __init__(self) -> None:
        self.outbox: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        """Keep one."""
        self.outbox.append(message)


class Nowhere:
    """Drops messages, where nobody has said who takes them."""

    def send(self, message: EmailMessage) -> None:
        """Say that one is dropped, and nothing of what it holds."""
        log.warning("MAIL_URL is not set, so a mail is dropped", subject=message["Subject"])


class Server:
    """Hands messages to a mail server: encrypted, unless its address says `smtp+plain`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError(url)
        self.scheme, self.host = parts.scheme, parts.hostname
        self.port = parts.port or PORTS[parts.scheme]
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")

    def send(self, message: EmailMessage) -> None:
        """Send one in a thread: how long it takes would tell whether there is a mail at all."""
        # In the context of the request, whose id stands in what is logged.
        Thread(target=copy_context().run, args=[self.deliver, message], name="mail").start()

    def deliver(self, message: EmailMessage) -> None:
        """Send one now; log what keeps it from that."""
        context = ssl.create_default_context()
        try:
            with self.connect(context) as server:
                if self.scheme == "smtp":
                    server.starttls(context=context)
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except FAILURES:
            log.exception("a mail was not sent", subject=message["Subject"])

    def connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        """Reach the server."""
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)


def init_app(app: Flask) -> None:
    """Choose who carries the mail. Raises ConfigError on settings with which none could be sent."""
    app.extensions["mail"] = carrier(app.config["MAIL_URL"])
    try:
        Address(addr_spec=app.config["MAIL_SENDER"])
    except (IndexError, MessageError, ValueError) as error:
        sender = app.config["MAIL_SENDER"]
        raise ConfigError(f"MAIL_SENDER must be one address, not {sender!r}") from error


def carrier(url: str) -> Carrier:
    """Return who carries mail for an address such as `smtp://user:password@host:587`."""
    at_home: dict[str, type[Carrier]] = {"": Nowhere, "console:": Console, "memory:": Memory}
    if url in at_home:
        return at_home[url]()
    try:
        return Server(url)
    except ValueError:
        # Not the address itself, nor what the error says of it: it holds a password.
        servers = " or ".join(f"{scheme}://host" for scheme in PORTS)
        raise ConfigError(f"MAIL_URL is console:, or {servers}") from None


def send(letter: Letter | None) -> None:
    """Write a letter and hand it over; nothing is sent where there is none."""
    if letter is None:
        return
    carry: Carrier = current_app.extensions["mail"]
    carry.send(write(letter))


def write(letter: Letter) -> EmailMessage:
    """Return a letter as a message; the first line of its text is the subject."""
    name = current_app.config["APP_NAME"]
    values = {"app_name": name, **letter.values}
    text = render_template(f"mail/{letter.name}.txt", **values)
    subject, _, body = text.partition("\n")
    sender = current_app.config["MAIL_SENDER"]
    message = EmailMessage(UNBROKEN if name.isascii() else policy.default)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = letter.to
    message["Subject"] = subject
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message.set_content(body.lstrip("\n"))
    message.add_alternative(render_template(f"mail/{letter.name}.html", **values), subtype="html")
    return message
