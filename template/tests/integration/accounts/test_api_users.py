"""Users through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.accounts.models import Role, User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.client import Client
    from tests.statements import Statements

URL = "/api/v1/users/"
BODY = {"username": "eve", "email": "eve@example.com", "password": "a long passphrase"}


def test_a_new_user_is_kept(client: Client, db_session: Session) -> None:
    response = client.post(URL, json=BODY)

    user = db_session.query(User).one()
    assert response.status_code == 201
    assert response.json == {
        "data": {
            "id": user.id,
            "username": "eve",
            "email": "eve@example.com",
            "role": "user",
            "created_at": user.created_at.isoformat(),
        }
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "x" * 41}, "username"),
        ({"username": "eve smith"}, "username"),
        ({"username": None}, "username"),
        ({"email": "eve"}, "email"),
        ({"email": f"{'x' * 250}@example.com"}, "email"),
        ({"password": "x" * 11}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"role": "admin"}, "role"),
        ({"is_admin": True}, "is_admin"),
        ({"id": 7}, "id"),
        ({"password_hash": "x"}, "password_hash"),
    ],
)
def test_what_is_not_valid_is_refused_by_field(
    client: Client, db_session: Session, change: dict[str, Any], field: str
) -> None:
    response = client.post(URL, json=BODY | change)

    assert response.status_code == 422
    assert response.json
    assert list(response.json["error"]["details"]) == [field]
    assert db_session.query(User).count() == 0


@pytest.mark.parametrize("field", list(BODY))
def test_nothing_may_be_missing(client: Client, field: str) -> None:
    body = {name: value for name, value in BODY.items() if name != field}

    response = client.post(URL, json=body)

    assert response.status_code == 422
    assert response.json
    assert list(response.json["error"]["details"]) == [field]


@pytest.mark.parametrize(("field", "value"), [("username", "ann"), ("email", "ann@example.com")])
@pytest.mark.usefixtures("user")
def test_what_is_taken_is_a_conflict(client: Client, field: str, value: str) -> None:
    response = client.post(URL, json=BODY | {field: value})

    assert response.status_code == 409
    assert response.json == {
        "error": {
            "code": "CONFLICT",
            "message": "This is taken already.",
            "details": {field: [f"This {field} is taken already."]},
        }
    }


def test_users_see_themselves(client: Client, user: User, auth_headers: dict[str, str]) -> None:
    response = client.get(f"{URL}me", headers=auth_headers)

    assert response.status_code == 200
    assert response.json
    assert response.json["data"]["id"] == user.id
    assert response.json["data"]["role"] == "user"


def test_two_users_see_each_themselves(
    client: Client, auth_headers: dict[str, str], other_headers: dict[str, str]
) -> None:
    names = [
        (client.get(f"{URL}me", headers=headers).json or {})["data"]["username"]
        for headers in (auth_headers, other_headers, auth_headers)
    ]

    assert names == ["ann", "bob", "ann"]


def test_administrators_see_all_users_in_pages(
    client: Client, admin_user: User, admin_headers: dict[str, str]
) -> None:
    users = [admin_user, *UserFactory.create_batch(2)]

    response = client.get(URL, query_string={"per_page": 2}, headers=admin_headers)

    assert response.status_code == 200
    assert response.json
    assert [item["id"] for item in response.json["data"]] == [user.id for user in users[:2]]
    assert response.json["meta"]["total"] == 3


def test_a_list_of_ten_takes_as_many_statements_as_a_list_of_one(
    client: Client, admin_headers: dict[str, str], statements: Statements
) -> None:
    with statements() as for_one:
        client.get(URL, headers=admin_headers)
    UserFactory.create_batch(9)

    with statements(exactly=len(for_one)):
        response = client.get(URL, headers=admin_headers)

    assert response.json
    assert len(response.json["data"]) == 10


@pytest.mark.parametrize("name", ["page", "per_page"])
def test_a_page_that_makes_no_sense_is_refused(
    client: Client, admin_headers: dict[str, str], name: str
) -> None:
    assert client.get(URL, query_string={name: "0"}, headers=admin_headers).status_code == 422


def test_other_users_do_not(client: Client, auth_headers: dict[str, str]) -> None:
    response = client.get(URL, headers=auth_headers)

    assert response.status_code == 403
    assert response.json == {
        "error": {
            "code": "FORBIDDEN",
            "message": "You are not allowed to do this.",
            "details": {},
        }
    }


def test_a_role_that_is_taken_away_is_gone_at_once(
    client: Client, db_session: Session, admin_user: User, admin_headers: dict[str, str]
) -> None:
    admin_user.role = Role.USER
    db_session.commit()

    assert client.get(URL, headers=admin_headers).status_code == 403


def test_no_answer_holds_a_hash(
    client: Client, admin_user: User, admin_headers: dict[str, str]
) -> None:
    for path in (URL, f"{URL}me"):
        text = client.get(path, headers=admin_headers).text
        assert admin_user.password_hash not in text
        assert "password" not in text
