"""Nobody learns on the pages who has an account; only whoever reads its mail does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.client import new_client
from tests.factories import PASSWORD
from tests.integration.accounts.forms import both, is_in, seen, try_login
from tests.letters import path_in, text_of

if TYPE_CHECKING:
    from email.message import EmailMessage
    from typing import Any

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.client import Client

KNOWN, UNKNOWN = "ann@example.com", "zoe@example.com"

pytestmark = pytest.mark.usefixtures("user")


def answers(app: Flask, path: str, typed: str, **fields: str) -> list[tuple[int, str, Any]]:
    """Return what a browser sees that sends a form, and on the page that follows."""
    client = new_client(app)
    response = client.submit(path, **fields)
    return [seen(each, typed) for each in (response, client.get(response.location or path))]


@pytest.mark.parametrize(
    ("email", "password"), [(UNKNOWN, PASSWORD), (UNKNOWN, ""), (KNOWN, ""), (KNOWN, "x" * 5000)]
)
def test_a_login_that_fails_says_the_same(app: Flask, email: str, password: str) -> None:
    known = answers(app, "/login", KNOWN, email=KNOWN, password="wrong" if password else "")
    other = answers(app, "/login", email, email=email, password=password)

    assert known == other
    assert known[0][0] == 422


def test_a_registration_says_the_same(app: Flask) -> None:
    fields = {"username": "eve", **both("a long passphrase")}

    known = answers(app, "/register", KNOWN, email=KNOWN, **fields)
    unknown = answers(app, "/register", UNKNOWN, email=UNKNOWN, **fields)

    assert known == unknown
    assert known[0][2]["Location"] == "/login"


def test_a_registration_that_fails_says_the_same(app: Flask) -> None:
    fields = {"username": "ann", **both("a long passphrase")}

    known = answers(app, "/register", KNOWN, email=KNOWN, **fields)
    unknown = answers(app, "/register", UNKNOWN, email=UNKNOWN, **fields)

    assert known == unknown
    assert known[0][0] == 422


def test_a_forgotten_password_says_the_same(app: Flask) -> None:
    known = answers(app, "/reset", KNOWN, email=KNOWN)
    unknown = answers(app, "/reset", UNKNOWN, email=UNKNOWN)

    assert known == unknown
    assert known[0][2]["Location"] == "/login"


def test_a_change_of_address_says_the_same(auth_client: Client, other_user: User) -> None:
    pages = []
    for email in (other_user.email, UNKNOWN):
        auth_client.submit("/profile/email", email=email, current_password=PASSWORD)
        pages.append(seen(auth_client.get("/profile"), email))

    assert pages[0] == pages[1]
    assert "We have sent an e-mail to ." in pages[0][1]


def test_only_the_owner_hears_of_a_second_registration(
    client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    password_hash = user.password_hash
    fields = {"username": "eve", "email": "Ann@Example.com", **both("a long passphrase")}
    client.submit("/register", **fields)

    (letter,) = outbox
    assert (letter["To"], letter["Subject"]) == (user.email, "You have an account already")
    assert path_in(letter) == "/reset"
    db_session.refresh(user)
    assert user.password_hash == password_hash
    assert try_login(client, user, "a long passphrase").status_code == 422
    assert try_login(client, user).location == "/dashboard"


def test_a_forgotten_password_of_nobody_sends_nothing(
    client: Client, outbox: list[EmailMessage]
) -> None:
    client.submit("/reset", email=UNKNOWN)

    assert outbox == []


def test_a_forgotten_password_of_a_closed_account_sends_nothing(
    client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    user.active = False
    db_session.commit()

    client.submit("/reset", email=user.email)

    assert outbox == []


def test_the_owner_hears_who_wants_the_address(
    auth_client: Client, other_user: User, outbox: list[EmailMessage]
) -> None:
    auth_client.submit("/profile/email", email=other_user.email, current_password=PASSWORD)

    (letter,) = outbox
    assert (letter["To"], letter["Subject"]) == (other_user.email, "You have an account already")
    assert "ann" not in text_of(letter)


def test_a_closed_account_is_no_other_than_a_wrong_password(
    app: Flask, db_session: Session, user: User
) -> None:
    wrong = answers(app, "/login", KNOWN, email=KNOWN, password="wrong")
    user.active = False
    db_session.commit()

    assert answers(app, "/login", KNOWN, email=KNOWN, password=PASSWORD) == wrong


def test_who_has_not_confirmed_is_no_other_than_a_wrong_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = answers(app, "/login", KNOWN, email=KNOWN, password="wrong")
    monkeypatch.setitem(app.config, "CONFIRMED_USERS_ONLY", True)

    assert answers(app, "/login", KNOWN, email=KNOWN, password=PASSWORD) == wrong


def test_who_has_confirmed_comes_in(
    auth_client: Client,
    client: Client,
    user: User,
    outbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(client.application.config, "CONFIRMED_USERS_ONLY", True)
    auth_client.submit("/confirm", page="/dashboard")
    client.submit(path_in(outbox[0]))

    assert try_login(client, user).location == "/dashboard"
    assert is_in(client)
