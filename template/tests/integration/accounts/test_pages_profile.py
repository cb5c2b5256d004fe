"""The pages that are a user's own, and those of administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role, User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client
    from tests.statements import Statements


def test_the_dashboard_greets(auth_client: Client, user: User) -> None:
    assert f"Hello, {user.username}<" in auth_client.get("/dashboard").text


def test_the_profile_shows_what_is_known(auth_client: Client, user: User) -> None:
    page = auth_client.get("/profile").text

    assert f'value="{user.username}"' in page
    assert f'value="{user.email}"' in page
    assert user.password_hash not in page


def test_the_profile_can_be_changed(auth_client: Client, db_session: Session, user: User) -> None:
    response = auth_client.submit("/profile", username="anna", email="Anna@example.com")

    assert response.location == "/profile"
    db_session.refresh(user)
    assert (user.username, user.email) == ("anna", "anna@example.com")
    assert "Your profile is changed." in auth_client.get("/profile").text


@pytest.mark.parametrize(
    ("change", "field"),
    [({"username": ""}, "username"), ({"username": "a b"}, "username"), ({"email": "x"}, "email")],
)
def test_a_profile_that_is_not_valid_is_not_kept(
    auth_client: Client, db_session: Session, user: User, change: dict[str, str], field: str
) -> None:
    fields = {"username": "anna", "email": "anna@example.com"} | change

    response = auth_client.submit("/profile", **fields)

    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    db_session.refresh(user)
    assert user.username == "ann"


@pytest.mark.parametrize("field", ["username", "email"])
def test_a_profile_cannot_take_what_anothers_is(
    auth_client: Client, db_session: Session, user: User, other_user: User, field: str
) -> None:
    fields = {"username": "anna", "email": "anna@example.com"}

    response = auth_client.submit("/profile", **fields | {field: getattr(other_user, field)})

    assert response.status_code == 422
    assert f"This {field} is taken already." in response.text
    db_session.refresh(user)
    assert (user.username, user.email) == ("ann", "ann@example.com")


def test_nobody_promotes_themselves(auth_client: Client, db_session: Session, user: User) -> None:
    auth_client.submit("/profile", username="ann", email=user.email, role="admin", is_admin="1")

    db_session.refresh(user)
    assert user.role is Role.USER


def test_administrators_see_all_users(admin_client: Client) -> None:
    users = UserFactory.create_batch(3)

    page = admin_client.get("/admin/users").text

    for user in users:
        assert user.username in page
        assert user.email in page
        assert user.password_hash not in page


def test_administrators_see_users_a_page_at_a_time(admin_client: Client) -> None:
    UserFactory.create_batch(20)

    page = admin_client.get("/admin/users").text

    assert 'href="/admin/users?page=2"' in page
    assert page.count("@example.com") == 20


def test_a_list_of_ten_takes_as_many_statements_as_a_list_of_one(
    admin_client: Client, statements: Statements
) -> None:
    with statements() as for_one:
        admin_client.get("/admin/users")
    UserFactory.create_batch(9)

    with statements(exactly=len(for_one)):
        page = admin_client.get("/admin/users").text

    assert page.count("@example.com") == 10


def test_users_are_led_back_from_where_they_may_not_be(auth_client: Client) -> None:
    response = auth_client.get("/admin/users")

    assert response.status_code in {302, 303}
    assert response.location == "/dashboard"
    assert "You are not allowed to do this." in auth_client.get("/dashboard").text
