"""A letter of the API is sent when what it tells is committed, and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app import db
from tests.factories import PASSWORD
from tests.integration.accounts.calls import ASK, ME, NEW_PASSWORD, USERS, ask, use
from tests.letters import code_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask

    from tests.client import Client


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


@pytest.mark.parametrize("letter", ASK)
def test_a_code_is_kept_before_it_is_sent(api: Client, committed: list[bool], letter: str) -> None:
    ask(api, letter)

    assert committed == [True]


@pytest.mark.parametrize("letter", ["reset", "email"])
def test_what_a_code_changes_is_kept_before_it_is_told(
    api: Client, outbox: list[EmailMessage], committed: list[bool], letter: str
) -> None:
    ask(api, letter)

    use(api, letter, code_in(outbox[0]))

    assert committed == [True, True]


def test_a_password_is_changed_before_it_is_told(api: Client, committed: list[bool]) -> None:
    changed = {"current_password": PASSWORD, "password": NEW_PASSWORD}

    api.put(f"{ME}/password", json=changed)

    assert committed == [True]


def test_a_user_is_kept_before_the_welcome(client: Client, committed: list[bool]) -> None:
    new = {"username": "eve", "email": "eve@example.com", "password": NEW_PASSWORD}

    client.post(USERS, json=new)

    assert committed == [True]
