"""Whether an app shows its name as it was typed: a project's own Python runs this in the project.

The argument is a page that only other projects have. Names come as JSON on standard input, and what
is wrong goes out as JSON.
"""

from __future__ import annotations

import json
import logging
import sys
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, "")

from app import create_app
from app.db import Model
from app.mail import Letter, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

NAMED = {"title", "h1", "hero__lead", "brand__name", "site-footer"}
TITLES = {"/": "Welcome", "/login": "Log in"}
LETTERS = ("welcome", "confirm", "reset", "email", "password_changed", "email_changed", "known")
VALUES = {"username": "ann", "code": "c" * 43, "email": "ann@example.com"}


class Page(HTMLParser):
    """The texts of a page by their element: its class where that says more."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.at = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note which of the elements this is."""
        kind = dict(attrs).get("class") or tag
        self.at = next((name for name in (kind, tag) if name in NAMED), self.at)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, unless a footer goes on."""
        self.at = "" if self.at != "site-footer" or tag == "footer" else self.at

    def handle_data(self, data: str) -> None:
        """Add text to the element that it is in."""
        self.texts[self.at] = self.texts.get(self.at, "") + data


def shown_by_pages(app: Flask, name: str) -> Iterator[tuple[str, str, str]]:
    """Read the name on pages."""
    with app.test_request_context():
        page = app.jinja_env.from_string(Path(sys.argv[1]).read_text(encoding="utf-8")).render()
    yield "brand of an API alone", Page(page).texts["brand__name"], name
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    for path, title in TITLES.items():
        if path in paths:
            texts = Page(app.test_client().get(path).text).texts
            yield f"title of {path}", texts["title"], f"{title} – {name}"
            yield f"brand of {path}", texts["brand__name"], name
            yield f"footer of {path}", texts["site-footer"].strip(), name
            if path == "/":
                yield "heading", texts["h1"], name
                yield "lead", texts["hero__lead"], name


# Slower than all others together.
def shown_by_api(name: str) -> Iterator[tuple[str, str, str]]:
    """Read the name in the document of the API, and in the page that shows it."""
    app = create_app({"TESTING": True, "APP_NAME": name, "API_TITLE": name})
    client = app.test_client()
    yield "document", client.get("/api/v1/openapi.json").get_json()["info"]["title"], name
    texts = Page(client.get("/api/v1/docs").text).texts
    yield "heading of the document's page", texts["h1"], name
    yield "title of it", texts["title"], f"API – {name}"
    yield "brand of it", texts["brand__name"], name


def shown_by_mail(app: Flask, name: str) -> Iterator[tuple[str, str, str]]:
    """Read the name in letters, before and after they have travelled."""
    for letter in LETTERS if "mail" in app.extensions else ():
        with app.test_request_context():
            message = write(Letter("ann@example.com", letter, VALUES))
        yield letter, message["From"].addresses[0].display_name, name
        texts = [part.get_content() for part in message.iter_parts()]
        read = "".join(Page(texts[1]).texts.values())
        yield f"text of {letter}", name if name in texts[0] else texts[0], name
        yield f"HTML of {letter}", name if name in read else read, name
        if letter == "welcome":
            yield "subject", message["Subject"], f"Welcome to {name}"
            sent = message_from_bytes(bytes(message))
            sender = parseaddr(unfolded(sent["From"]))[0]
            # Readers of mail, and writers of long lines, take some blanks away.
            yield "sender as sent", solid(decoded(sender)), solid(name)
            subject = decoded(unfolded(sent["Subject"]))
            yield "subject as sent", solid(subject), solid(message["Subject"])


def unfolded(header: object) -> str:
    """Join the lines of a header."""
    return "".join(str(header).splitlines())


def decoded(header: str) -> str:
    """Read what a header holds in other letters."""
    return str(make_header(decode_header(header)))


def solid(text: str) -> str:
    """Leave blanks out."""
    return "".join(text.split())


def main() -> None:
    """Show every name everywhere, and some in the document of the API."""
    logging.disable()
    app = create_app("testing")
    Model.metadata.create_all(app.extensions["database"].engine)
    names = json.load(sys.stdin)
    seen = [each for name in names["of the document"] for each in shown_by_api(name)]
    for name in names["everywhere"]:
        app.config["APP_NAME"] = app.config["APP_DESCRIPTION"] = name
        seen += [*shown_by_pages(app, name), *shown_by_mail(app, name)]
    wrong = [f"{place}: {found!r}, not {typed!r}" for place, found, typed in seen if found != typed]
    sys.stdout.write(json.dumps(wrong))


main()
