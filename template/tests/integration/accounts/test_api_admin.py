"""What administrators see and say of users through the API, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.accounts.models import Role
from app.pagination import MAX_PER_PAGE, PER_PAGE
from tests.client import Client, data_of, error_of, new_client
from tests.factories import UserFactory
from tests.integration.accounts.calls import (
    ME,
    USERS,
    ask,
    logged_in,
    statuses,
    try_login,
    use,
)
from tests.letters import code_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from tests.statements import Statements


@pytest.fixture
def admin(app: Flask, admin_headers: dict[str, str]) -> Client:
    """Return a client that sends the administrator's token."""
    return new_client(app, admin_headers)


@pytest.fixture
def path(user: User) -> str:
    """Return the address of a user."""
    return f"{USERS}{user.id}"


def test_administrators_see_all_users_in_pages(admin_user: User, admin: Client) -> None:
    users = [admin_user, *UserFactory.create_batch(2)]

    first = admin.get(USERS, query_string={"per_page": 2})
    second = admin.get(USERS, query_string={"per_page": 2, "page": 2})

    assert [item["id"] for item in data_of(first) + data_of(second)] == [user.id for user in users]
    assert (first.json or {})["meta"] == {
        "page": 1,
        "per_page": 2,
        "total": 3,
        "pages": 2,
        "has_next": True,
        "has_prev": False,
    }


def test_a_list_of_ten_takes_as_many_statements_as_a_list_of_one(
    admin: Client, statements: Statements
) -> None:
    with statements() as for_one:
        admin.get(USERS)
    UserFactory.create_batch(9)

    with statements(exactly=len(for_one)):
        response = admin.get(USERS)

    assert len(data_of(response)) == min(10, PER_PAGE)


@pytest.mark.parametrize(
    "query", [{"page": "0"}, {"per_page": f"{MAX_PER_PAGE + 1}"}, {"sort": "password_hash"}]
)
def test_a_list_that_makes_no_sense_is_refused(admin: Client, query: dict[str, str]) -> None:
    response = admin.get(USERS, query_string=query)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == list(query)


def test_administrators_see_a_user(path: str, user: User, admin: Client) -> None:
    response = admin.get(path)

    assert response.status_code == 200
    assert response.json == {
        "data": {
            "id": user.id,
            "username": "ann",
            "email": "ann@example.com",
            "role": "user",
            "active": True,
            "created_at": user.created_at.isoformat(),
            "confirmed_at": None,
        }
    }


@pytest.mark.parametrize("method", ["GET", "PATCH"])
@pytest.mark.parametrize("user_id", [0, 2**64])
def test_an_unknown_user_is_not_found(admin: Client, method: str, user_id: int) -> None:
    body = {"role": "admin"} if method == "PATCH" else None

    response = admin.open(f"{USERS}{user_id}", method=method, json=body)

    assert response.status_code == 404
    assert error_of(response)["code"] == "NOT_FOUND"


def test_others_see_no_user(client: Client, path: str, auth_headers: dict[str, str]) -> None:
    for address in (USERS, path):
        response = client.get(address, headers=auth_headers)

        assert response.status_code == 403
        assert error_of(response) == {
            "code": "FORBIDDEN",
            "message": "You are not allowed to do this.",
            "details": {},
        }
        assert client.get(address).status_code == 401


@pytest.mark.parametrize("body", [{"role": "admin"}, {}])
def test_others_say_nothing_of_a_user(
    api: Client, client: Client, path: str, user: User, body: dict[str, Any]
) -> None:
    assert api.patch(path, json=body).status_code == 403
    assert client.patch(path, json=body).status_code == 401
    assert user.role is Role.USER


def test_a_role_that_is_taken_away_is_gone_at_once(
    db_session: Session, admin_user: User, admin: Client
) -> None:
    admin_user.role = Role.USER
    db_session.commit()

    assert admin.get(USERS).status_code == 403


def test_a_role_that_is_given_counts_at_once(
    api: Client, admin: Client, path: str, user: User
) -> None:
    response = admin.patch(path, json={"role": "admin"})

    assert response.status_code == 200
    assert data_of(response)["role"] == "admin"
    assert user.role is Role.ADMIN
    assert api.get(USERS).status_code == 200


def test_one_request_can_say_all(path: str, user: User, admin: Client) -> None:
    body = {"role": "admin", "active": False}

    response = admin.patch(path, json=body)

    assert {name: data_of(response)[name] for name in body} == body
    assert (user.role, user.active) == (Role.ADMIN, False)


def test_a_request_that_says_nothing_changes_nothing(path: str, admin: Client) -> None:
    before = data_of(admin.get(path))

    assert data_of(admin.patch(path, json={})) == before


def test_whoever_is_shut_out_is_out_at_once_and_for_good(
    client: Client, admin: Client, path: str, user: User, outbox: list[EmailMessage]
) -> None:
    pair = logged_in(client, user)
    ask(client, "reset")

    admin.patch(path, json={"active": False})
    assert not user.active
    admin.patch(path, json={"active": True})

    assert statuses(client, pair) == (401, 401)
    assert use(client, "reset", code_in(outbox[0])).status_code == 422
    assert try_login(client, user.email).status_code == 200


def test_whoever_is_shut_out_cannot_come_in(
    client: Client, admin: Client, path: str, user: User, outbox: list[EmailMessage]
) -> None:
    pair = logged_in(client, user)

    response = admin.patch(path, json={"active": False})

    assert data_of(response)["active"] is False
    assert statuses(client, pair) == (401, 401)
    assert try_login(client, user.email).status_code == 401
    ask(client, "reset")
    assert not outbox


def test_whoever_stays_in_stays_logged_in(api: Client, admin: Client, path: str) -> None:
    admin.patch(path, json={"active": True})

    assert api.get(ME).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"role": "user"}, {"active": False}],
)
def test_nobody_changes_their_own_rights(
    admin_user: User, admin: Client, body: dict[str, Any]
) -> None:
    response = admin.patch(f"{USERS}{admin_user.id}", json=body)

    assert response.status_code == 409
    assert error_of(response) == {
        "code": "CONFLICT",
        "message": "Nobody can take away their own rights.",
        "details": {},
    }
    assert (admin_user.role, admin_user.active) == (Role.ADMIN, True)
    assert admin.get(USERS).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "root"),
        ("active", "false"),
        ("active", "true"),
        ("username", "anna"),
        ("email", "new@example.com"),
        ("confirmed_at", "2026-01-01T00:00:00+00:00"),
        ("password", "a long passphrase"),
        ("password_hash", "x"),
        ("active", None),
    ],
)
def test_administrators_say_nothing_else(
    path: str, admin: Client, field: str, value: object
) -> None:
    before = data_of(admin.get(path))

    response = admin.patch(path, json={"role": "admin", field: value})

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == [field]
    assert data_of(admin.get(path)) == before
