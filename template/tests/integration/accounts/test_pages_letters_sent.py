"""A letter of the pages is sent when what it tells is committed, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import db
from tests.factories import PASSWORD
from tests.integration.accounts.forms import NEW_PASSWORD, both
from tests.letters import path_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask

    from tests.client import Client

RESET = ("/reset", {"email": "ann@example.com"})
EMAIL = ("/profile/email", {"email": "new@example.com", "current_password": PASSWORD})
PASSWORD_CHANGE = ("/profile/password", {"current_password": PASSWORD, **both(NEW_PASSWORD)})


@pytest.fixture
def committed(
    app: Flask, outbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> list[bool]:
    """Return, for each letter that is sent from now on, whether all was committed by then."""
    found: list[bool] = []

    def send(letter: EmailMessage) -> None:
        found.append(not db.session().in_transaction())
        outbox.append(letter)

    monkeypatch.setattr(app.extensions["mail"], "send", send)
    return found


@pytest.mark.parametrize(
    ("path", "fields"), [RESET, EMAIL, PASSWORD_CHANGE], ids=["reset", "email", "password"]
)
def test_what_is_asked_for_is_kept_before_it_is_told(
    auth_client: Client, committed: list[bool], path: str, fields: dict[str, str]
) -> None:
    auth_client.submit(path, **fields)

    assert committed == [True]


def test_a_code_is_kept_before_it_is_sent_again(auth_client: Client, committed: list[bool]) -> None:
    auth_client.submit("/confirm", page="/dashboard")

    assert committed == [True]


@pytest.mark.parametrize(
    ("asked", "fields"), [(RESET, both(NEW_PASSWORD)), (EMAIL, {})], ids=["reset", "email"]
)
def test_what_a_link_changes_is_kept_before_it_is_told(
    auth_client: Client,
    outbox: list[EmailMessage],
    committed: list[bool],
    asked: tuple[str, dict[str, str]],
    fields: dict[str, str],
) -> None:
    path, typed = asked
    auth_client.submit(path, **typed)

    auth_client.submit(path_in(outbox[0]), **fields)

    assert committed == [True, True]


def test_a_user_is_kept_before_the_welcome(client: Client, committed: list[bool]) -> None:
    fields = {"username": "eve", "email": "eve@example.com", **both(NEW_PASSWORD)}

    client.submit("/register", **fields)

    assert committed == [True]


def test_who_closes_an_account_takes_nothing_along(auth_client: Client) -> None:
    auth_client.submit("/profile/deactivate", current_password=PASSWORD)

    with auth_client.session_transaction() as left:
        assert not {"_user_id", "_fresh", "csrf_token"} & left.keys()
