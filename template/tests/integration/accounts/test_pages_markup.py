"""What users are called is only text on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.client import log_in
from tests.factories import UserFactory
from tests.letters import path_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask

    from app.accounts.models import User
    from tests.client import Client

NAME, ADDRESS = "<q>", '"<q>"@example.com'
PAGES = {
    "/": NAME,
    "/dashboard": NAME,
    "/profile": ADDRESS,
    "/profile/email": ADDRESS,
    "/profile/password": NAME,
    "/profile/deactivate": NAME,
    "/admin/users": ADDRESS,
}


@pytest.fixture
def odd_user(app: Flask) -> User:  # noqa: ARG001
    """Return a user whose name and address look like markup, by whatever way they came in."""
    return UserFactory.create(username=NAME, email=ADDRESS, admin=True)


@pytest.mark.parametrize("path", PAGES)
def test_a_name_is_only_text(app: Flask, odd_user: User, path: str) -> None:
    UserFactory.create(username=f"{NAME}2", email=f"2{ADDRESS}")

    page = log_in(app, odd_user).get(path).text

    assert "<q>" not in page
    assert PAGES[path].replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in page


def test_an_address_to_confirm_is_only_text(
    app: Flask, client: Client, odd_user: User, outbox: list[EmailMessage]
) -> None:
    log_in(app, odd_user).submit("/confirm", page="/dashboard")

    page = client.get(path_in(outbox[0])).text

    assert "<q>" not in page
    assert "&lt;q&gt;" in page


def test_a_message_is_only_text(app: Flask, odd_user: User) -> None:
    other = UserFactory.create(username=f"{NAME}2")
    administrator = log_in(app, odd_user)

    administrator.submit(f"/admin/users/{other.id}/role", page="/admin/users", role="admin")

    page = administrator.get("/admin/users").text
    assert "<q>" not in page
    assert "&lt;q&gt;2 is an administrator now." in page
