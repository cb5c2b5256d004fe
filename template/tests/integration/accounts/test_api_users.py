"""What users see and change of themselves through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.client import data_of, error_of
from tests.integration.accounts.calls import ME, PROTECTED

if TYPE_CHECKING:
    from app.accounts.models import User
    from tests.client import Client
    from tests.statements import Statements


def test_users_see_themselves(client: Client, user: User, auth_headers: dict[str, str]) -> None:
    response = client.get(ME, headers=auth_headers)

    assert response.status_code == 200
    assert response.json == {
        "data": {
            "id": user.id,
            "username": "ann",
            "email": "ann@example.com",
            "role": "user",
            "created_at": user.created_at.isoformat(),
            "confirmed_at": None,
        }
    }


def test_whoever_is_logged_in_is_found_by_one_statement(
    api: Client, statements: Statements
) -> None:
    with statements(exactly=1):
        response = api.get(ME)

    assert data_of(response)["username"] == "ann"


def test_each_user_is_shown_their_own_account(
    client: Client, auth_headers: dict[str, str], other_headers: dict[str, str]
) -> None:
    names = [
        data_of(client.get(ME, headers=headers))["username"]
        for headers in (auth_headers, other_headers, auth_headers)
    ]

    assert names == ["ann", "bob", "ann"]


def test_users_can_change_their_name(
    client: Client, user: User, auth_headers: dict[str, str]
) -> None:
    response = client.patch(ME, json={"username": "anna"}, headers=auth_headers)

    assert response.status_code == 200
    assert data_of(response)["username"] == user.username == "anna"


@pytest.mark.parametrize("username", ["ann", "Ann"])
def test_users_may_keep_their_name(
    client: Client, auth_headers: dict[str, str], username: str
) -> None:
    response = client.patch(ME, json={"username": username}, headers=auth_headers)

    assert data_of(response)["username"] == username


@pytest.mark.usefixtures("other_user")
def test_the_name_of_another_is_a_conflict(
    client: Client, user: User, auth_headers: dict[str, str]
) -> None:
    response = client.patch(ME, json={"username": "BOB"}, headers=auth_headers)

    assert response.status_code == 409
    assert error_of(response)["details"] == {"username": ["This username is taken already."]}
    assert user.username == "ann"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "anna smith"),
        *PROTECTED.items(),
        ("email", "new@example.com"),
        ("password", "a long passphrase"),
    ],
)
def test_nothing_else_can_be_changed_so(
    client: Client, user: User, auth_headers: dict[str, str], field: str, value: object
) -> None:
    before = data_of(client.get(ME, headers=auth_headers))
    password_hash = user.password_hash

    response = client.patch(ME, json={"username": "anna", field: value}, headers=auth_headers)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]
    assert data_of(client.get(ME, headers=auth_headers)) == before
    assert user.password_hash == password_hash


def test_a_change_that_says_nothing_is_refused(
    client: Client, auth_headers: dict[str, str]
) -> None:
    response = client.patch(ME, json={}, headers=auth_headers)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["username"]
