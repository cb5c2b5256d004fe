"""A mail server that keeps what it is told, as small as one can be."""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

# Made for 127.0.0.1 and trusted by nobody, unless SSL_CERT_FILE names it.
CERTIFICATE = Path(__file__).with_suffix(".pem")

ANSWERS = {
    "EHLO": "250-here\r\n250-OFFER\r\n250 AUTH PLAIN",
    "AUTH": "235 welcome",
    "STAR": "220 go on",
    "DATA": "354 go on",
    "QUIT": "221 bye",
}


class Conversation(StreamRequestHandler):
    """Answers one client, kindly whatever it says."""

    server: MailServer

    def handle(self) -> None:
        """Speak until the client goes, in good order or not."""
        with suppress(OSError):
            if self.server.scheme == "smtps":
                self.encrypt()
            self.say("220 here")
            for line in iter(self.hear, ""):
                self.answer(line)

    def finish(self) -> None:
        """Close the socket too that came with the encryption."""
        super().finish()
        self.connection.close()

    def answer(self, line: str) -> None:
        """Keep a line; what comes after DATA is a letter, until a dot alone."""
        self.server.heard.append(line)
        verb = line[:4].upper()
        offer = "STARTTLS" if self.server.scheme == "smtp" else "8BITMIME"
        self.say(ANSWERS.get(verb, "250 yes").replace("OFFER", offer))
        if verb == "STAR":
            self.encrypt()
        if verb == "DATA":
            self.server.letters.put("\n".join(iter(self.hear, ".")))
            self.say("250 kept")

    def encrypt(self) -> None:
        """Go on in secret."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def say(self, text: str) -> None:
        """Send an answer."""
        self.wfile.write(f"{text}\r\n".encode())

    def hear(self) -> str:
        """Return the next line."""
        return self.rfile.readline().decode("utf-8", "replace").removesuffix("\r\n")


class MailServer(ThreadingTCPServer):
    """Listens on a port of this machine for the time of a `with` block, encrypted or not."""

    def __init__(self, scheme: str = "smtp+plain") -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.scheme = scheme
        self.heard: list[str] = []
        self.letters: SimpleQueue[str] = SimpleQueue()

    def url(self, scheme: str = "", user: str = "") -> str:
        """Return the address of the server."""
        return f"{scheme or self.scheme}://{user}127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        Thread(target=self.serve_forever, args=[0.01]).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, when all are answered."""
        self.shutdown()
        self.server_close()


def on_their_way() -> list[Thread]:
    """Return the threads of the app that deliver mail."""
    return [thread for thread in threading.enumerate() if thread.name == "mail"]


def wait_for_mail(seconds: float | None = None) -> None:
    """Wait until no mail is on its way any more; give up on each after some seconds."""
    for thread in on_their_way():
        thread.join(seconds)
