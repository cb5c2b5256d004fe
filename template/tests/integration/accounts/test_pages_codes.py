"""The links of letters: what they do, once and soon, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.models import now
from tests.client import flashes
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.forms import NEW_PASSWORD, both, is_in, try_login
from tests.letters import code_in, path_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from tests.client import Client

# How each letter is asked for: where, on which page, by which fields.
ASK = {
    "confirm": ("/confirm", "/dashboard", {}),
    "reset": ("/reset", "/reset", {"email": "ann@example.com"}),
    "email": (
        "/profile/email",
        "/profile/email",
        {"email": "new@example.com", "current_password": PASSWORD},
    ),
}
# What its link is sent.
USE = {"confirm": {}, "reset": both(NEW_PASSWORD), "email": {}}

each_kind = pytest.mark.parametrize("kind", ASK)


def ask(client: Client, kind: str) -> TestResponse:
    """Ask for a letter."""
    path, page, fields = ASK[kind]
    return client.submit(path, page=page, **fields)


@pytest.fixture
def link(auth_client: Client, outbox: list[EmailMessage]) -> Callable[[str], str]:
    """Return what asks for a letter, and tells where its link leads."""

    def asked(kind: str) -> str:
        ask(auth_client, kind)
        return path_in(outbox[-1])

    return asked


def use(client: Client, path: str, kind: str) -> TestResponse:
    """Do what the page of a link offers."""
    return client.forge(path, page="/login", **USE[kind])


def assert_used_up(response: TestResponse) -> None:
    """See that a link does nothing, and says so."""
    assert response.status_code == 422
    assert "This link has been used or is too old." in response.text


@each_kind
def test_a_link_works_once(
    auth_client: Client, client: Client, outbox: list[EmailMessage], kind: str
) -> None:
    ask(auth_client, kind)
    path = path_in(outbox[0])

    assert path == f"/{kind}/{code_in(outbox[0])}"
    assert client.get(path).status_code == 200
    assert use(client, path, kind).location == "/login"
    assert_used_up(client.get(path))
    assert_used_up(use(client, path, kind))


@each_kind
def test_opening_a_link_changes_nothing(
    client: Client, db_session: Session, user: User, link: Callable[[str], str], kind: str
) -> None:
    path = link(kind)
    before = (user.email, user.password_hash, user.confirmed_at)

    for _ in range(3):
        assert client.get(path).status_code == 200

    db_session.refresh(user)
    assert (user.email, user.password_hash, user.confirmed_at) == before
    assert use(client, path, kind).location == "/login"


@pytest.mark.parametrize(
    ("asked", "used"),
    [(asked, used) for asked in ASK for used in ASK if asked != used],
)
def test_a_link_is_good_for_one_purpose(
    auth_client: Client, client: Client, outbox: list[EmailMessage], asked: str, used: str
) -> None:
    ask(auth_client, asked)
    path = f"/{used}/{code_in(outbox[0])}"

    assert_used_up(client.get(path))
    assert_used_up(use(client, path, used))
    assert use(client, path_in(outbox[0]), asked).location == "/login"


@each_kind
def test_a_code_that_was_made_up_does_nothing(client: Client, kind: str) -> None:
    assert_used_up(client.get(f"/{kind}/{'x' * 43}"))
    assert_used_up(use(client, f"/{kind}/{'x' * 43}", kind))


@each_kind
def test_a_link_needs_the_token_of_its_page(
    auth_client: Client, client: Client, outbox: list[EmailMessage], kind: str
) -> None:
    ask(auth_client, kind)

    assert client.post(path_in(outbox[0]), data=USE[kind]).status_code == 400
    assert use(client, path_in(outbox[0]), kind).location == "/login"


def test_an_address_is_confirmed(
    auth_client: Client, client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    assert ask(auth_client, "confirm").location == "/dashboard"
    said = "We have sent you an e-mail. It holds a link to confirm your address."
    assert flashes(auth_client.get("/dashboard").text) == [("info", said)]
    path = path_in(outbox[0])
    assert user.email in client.get(path).text

    client.submit(path)

    assert flashes(client.get("/login").text) == [("success", "Your address is confirmed.")]
    db_session.refresh(user)
    assert user.confirmed_at
    assert not is_in(client)


@pytest.mark.parametrize("kind", ["confirm", "email"])
def test_whoever_is_logged_in_goes_on_to_their_own_page(
    auth_client: Client, link: Callable[[str], str], kind: str
) -> None:
    assert auth_client.submit(link(kind)).location == "/dashboard"


def test_a_page_names_the_address_of_its_code(
    other_client: Client, link: Callable[[str], str], user: User
) -> None:
    assert f"<strong>{user.email}</strong>" in other_client.get(link("confirm")).text


def test_ones_own_address_is_known(
    auth_client: Client, user: User, outbox: list[EmailMessage]
) -> None:
    sent = {"email": user.email, "current_password": PASSWORD}

    assert auth_client.submit("/profile/email", **sent).location == "/profile"
    assert [letter["To"] for letter in outbox] == [user.email]


def test_who_has_confirmed_gets_no_further_letter(
    auth_client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    user.confirmed_at = now()
    db_session.commit()

    assert auth_client.forge("/confirm", page="/profile").location == "/dashboard"
    assert outbox == []


def test_a_forgotten_password_is_replaced(
    auth_client: Client, client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    asked = client.submit("/reset", email="Ann@Example.com")
    assert asked.location == "/login"
    said = "If an account has this address, an e-mail with a link is on its way."
    assert flashes(client.get("/login").text) == [("info", said)]
    assert outbox[0]["To"] == user.email

    client.submit(path_in(outbox[0]), **both(NEW_PASSWORD))

    said = "Your password has been changed. Please log in with it."
    assert flashes(client.get("/login").text) == [("success", said)]
    assert not is_in(client)
    assert not is_in(auth_client)
    assert try_login(client, user).status_code == 422
    assert try_login(client, user, NEW_PASSWORD).location == "/dashboard"
    db_session.refresh(user)
    assert user.confirmed_at
    assert outbox[1]["Subject"] == "Your password was changed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (both("shortphrase"), "password"),
        (both(""), "password"),
        ({"confirm_password": "differs from it"}, "confirm_password"),
    ],
)
@pytest.mark.usefixtures("user")
def test_a_bad_password_does_not_use_up_the_link(
    client: Client, outbox: list[EmailMessage], fields: dict[str, str], field: str
) -> None:
    ask(client, "reset")
    path = path_in(outbox[0])

    response = client.submit(path, **USE["reset"] | fields)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert use(client, path, "reset").location == "/login"


def test_an_address_is_asked_for(client: Client) -> None:
    response = client.submit("/reset", email="")

    assert response.status_code == 422
    assert 'id="email-error"' in response.text


def test_an_address_changes_when_its_reader_says_so(
    auth_client: Client, client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    old = user.email
    asked = auth_client.submit("/profile/email", email="New@Example.com", current_password=PASSWORD)
    assert asked.location == "/profile"
    said = "We have sent an e-mail to new@example.com. It holds a link to confirm."
    assert flashes(auth_client.get("/profile").text) == [("info", said)]
    db_session.refresh(user)
    assert user.email == old
    assert outbox[0]["To"] == "new@example.com"
    assert "new@example.com" in client.get(path_in(outbox[0])).text

    client.submit(path_in(outbox[0]))

    assert flashes(client.get("/login").text) == [("success", "Your address has been changed.")]
    db_session.refresh(user)
    assert user.email == "new@example.com"
    assert user.confirmed_at
    assert (outbox[1]["To"], outbox[1]["Subject"]) == (old, "Your address was changed")
    assert try_login(client, user).location == "/dashboard"


@pytest.mark.parametrize("email", ["x", "new@example.com\r\nBcc: all@example.com"])
def test_a_new_address_must_be_one(
    auth_client: Client, outbox: list[EmailMessage], email: str
) -> None:
    response = auth_client.submit("/profile/email", email=email, current_password=PASSWORD)

    assert response.status_code == 422
    assert 'id="email-error"' in response.text
    assert outbox == []


def test_an_address_that_somebody_has_taken_since_is_a_conflict(
    auth_client: Client, client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    ask(auth_client, "email")
    UserFactory.create(email="new@example.com")

    response = use(client, path_in(outbox[0]), "email")

    assert response.status_code == 409
    assert "This is taken already." in response.text
    db_session.refresh(user)
    assert user.email == "ann@example.com"
    assert len(outbox) == 1
