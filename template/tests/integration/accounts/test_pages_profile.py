"""The pages that are a user's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role, User, now
from tests.client import flashes, links

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sqlalchemy.orm import Session

    from tests.client import Client

CHANGES = {"/profile/email", "/profile/password", "/profile/deactivate"}


def test_the_dashboard_greets(auth_client: Client, user: User) -> None:
    assert f"Hello, {user.username}<" in auth_client.get("/dashboard").text


def test_the_dashboard_asks_to_confirm_the_address(
    auth_client: Client, db_session: Session, user: User
) -> None:
    assert f"We have sent a link to {user.email}." in auth_client.get("/dashboard").text
    user.confirmed_at = now()
    db_session.commit()

    page = auth_client.get("/dashboard").text

    assert user.email not in page
    assert 'action="/confirm"' not in page


def test_the_profile_shows_what_is_known(
    auth_client: Client, db_session: Session, user: User
) -> None:
    page = auth_client.get("/profile").text
    assert f'value="{user.username}"' in page
    assert user.email in page
    assert ">not confirmed<" in page
    assert links(page) >= CHANGES
    assert user.password_hash not in page
    user.confirmed_at = now()
    db_session.commit()

    assert ">confirmed<" in auth_client.get("/profile").text


def test_the_name_can_be_changed(auth_client: Client, db_session: Session, user: User) -> None:
    response = auth_client.submit("/profile", username="anna")

    assert response.location == "/profile"
    db_session.refresh(user)
    assert user.username == "anna"
    assert flashes(auth_client.get("/profile").text) == [("success", "Your profile is saved.")]


def test_the_name_may_stay_and_grow(auth_client: Client, db_session: Session, user: User) -> None:
    assert auth_client.submit("/profile", username="Ann").location == "/profile"

    db_session.refresh(user)
    assert user.username == "Ann"


@pytest.mark.parametrize("username", ["", "a b", "x" * 41, "<b>"])
def test_a_name_that_is_not_valid_is_not_kept(
    auth_client: Client, db_session: Session, user: User, username: str
) -> None:
    response = auth_client.submit("/profile", username=username)

    assert response.status_code == 422
    assert 'id="username-error"' in response.text
    db_session.refresh(user)
    assert user.username == "ann"


@pytest.mark.usefixtures("other_user")
def test_nobody_takes_the_name_of_another(
    auth_client: Client, db_session: Session, user: User
) -> None:
    response = auth_client.submit("/profile", username="BOB")

    assert response.status_code == 422
    assert "This username is taken already." in response.text
    db_session.refresh(user)
    assert user.username == "ann"


def test_the_profile_changes_nothing_else(
    auth_client: Client, db_session: Session, user: User, outbox: list[EmailMessage]
) -> None:
    password_hash = user.password_hash
    more = {"role": "admin", "email": "eve@example.com", "password": "x", "active": "no"}

    auth_client.submit("/profile", username="ann", confirmed_at="2026-01-01", **more)

    db_session.refresh(user)
    assert (user.role, user.email, user.active) == (Role.USER, "ann@example.com", True)
    assert user.password_hash == password_hash
    assert user.confirmed_at is None
    assert outbox == []


def test_the_profile_says_which_role_one_has(auth_client: Client, admin_client: Client) -> None:
    assert "<dt>Role</dt><dd>user</dd>" in auth_client.get("/profile").text
    assert "<dt>Role</dt><dd>admin</dd>" in admin_client.get("/profile").text


def test_the_profile_says_since_when(auth_client: Client, db_session: Session, user: User) -> None:
    user.created_at, user.confirmed_at = datetime(2026, 5, 4, tzinfo=UTC), now()
    db_session.commit()

    assert ">4 May 2026<" in auth_client.get("/profile").text
