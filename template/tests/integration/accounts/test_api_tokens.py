"""Logging in and out at the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.accounts.models import Login
from tests.client import Client, new_client
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User

AUTH = "/api/v1/auth"
ME = "/api/v1/users/me"


@pytest.fixture
def pair(client: Client, user: User) -> dict[str, Any]:
    """Return the tokens that a login gives."""
    response = client.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    assert response.status_code == 200
    assert response.json
    return dict(response.json["data"])


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token."""
    return {"Authorization": f"Bearer {token}"}


def refresh(client: Client, token: str) -> tuple[int, dict[str, Any]]:
    """Ask for a new pair; return the status and the answer."""
    response = client.post(f"{AUTH}/refresh", json={"refresh_token": token})
    assert response.json
    return response.status_code, response.json


def test_a_login_gives_a_pair_that_works(client: Client, pair: dict[str, Any]) -> None:
    assert set(pair) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 900)
    assert client.get(ME, headers=bearer(pair["access_token"])).status_code == 200


@pytest.mark.usefixtures("user")
def test_every_wrong_pair_gets_the_same_answer(client: Client) -> None:
    answers = [
        client.post(f"{AUTH}/login", json={"email": email, "password": password})
        for email, password in (
            ("ann@example.com", "wrong"),
            ("ann@example.com", ""),
            ("nobody@example.com", PASSWORD),
        )
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert answers[0].json == {
        "error": {
            "code": "UNAUTHORIZED",
            "message": "The e-mail address or the password is not right.",
            "details": {},
        }
    }


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "ann@example.com"}, "password"),
        ({"password": PASSWORD}, "email"),
        ({"email": 1, "password": PASSWORD}, "email"),
        ({"email": "ann@example.com", "password": PASSWORD, "role": "admin"}, "role"),
    ],
)
def test_a_login_that_is_not_valid_is_refused_by_field(
    client: Client, body: dict[str, Any], field: str
) -> None:
    response = client.post(f"{AUTH}/login", json=body)

    assert response.status_code == 422
    assert response.json
    assert list(response.json["error"]["details"]) == [field]


def test_a_refresh_gives_a_new_pair_that_works(client: Client, pair: dict[str, Any]) -> None:
    status, answer = refresh(client, pair["refresh_token"])

    assert status == 200
    assert answer["data"]["refresh_token"] != pair["refresh_token"]
    assert client.get(ME, headers=bearer(answer["data"]["access_token"])).status_code == 200
    assert refresh(client, answer["data"]["refresh_token"])[0] == 200


def test_a_refresh_token_is_good_once_and_a_second_use_ends_the_login(
    client: Client, db_session: Session, pair: dict[str, Any]
) -> None:
    _, answer = refresh(client, pair["refresh_token"])

    status, error = refresh(client, pair["refresh_token"])

    assert (status, error["error"]["code"]) == (401, "UNAUTHORIZED")
    assert db_session.query(Login).count() == 0
    assert refresh(client, answer["data"]["refresh_token"])[0] == 401
    assert client.get(ME, headers=bearer(answer["data"]["access_token"])).status_code == 401


def test_an_access_token_does_not_refresh(client: Client, pair: dict[str, Any]) -> None:
    assert refresh(client, pair["access_token"])[0] == 401


def test_a_refresh_token_gives_no_access(client: Client, pair: dict[str, Any]) -> None:
    assert client.get(ME, headers=bearer(pair["refresh_token"])).status_code == 401


@pytest.mark.parametrize("token", ["", "none", "a.b.c"])
def test_what_is_no_token_does_not_refresh(client: Client, token: str) -> None:
    assert refresh(client, token)[0] == 401


def test_a_logout_ends_both_tokens(client: Client, pair: dict[str, Any]) -> None:
    response = client.post(f"{AUTH}/logout", headers=bearer(pair["access_token"]))

    assert (response.status_code, response.data) == (204, b"")
    assert client.get(ME, headers=bearer(pair["access_token"])).status_code == 401
    assert refresh(client, pair["refresh_token"])[0] == 401


@pytest.mark.usefixtures("real_commits")
def test_a_logout_holds_in_every_process(
    app: Flask, client: Client, pair: dict[str, Any], make_app: Callable[..., Flask]
) -> None:
    client.post(f"{AUTH}/logout", headers=bearer(pair["access_token"]))

    second = make_app(DATABASE_URL=app.config["DATABASE_URL"])
    response = new_client(second).get(ME, headers=bearer(pair["access_token"]))

    assert response.status_code == 401


def test_a_logout_here_keeps_the_login_there(
    client: Client, pair: dict[str, Any], auth_headers: dict[str, str]
) -> None:
    client.post(f"{AUTH}/logout", headers=bearer(pair["access_token"]))

    assert client.get(ME, headers=auth_headers).status_code == 200


def test_a_token_ends_by_itself(client: Client, user: User) -> None:
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        body = {"email": user.email, "password": PASSWORD}
        pair = (client.post(f"{AUTH}/login", json=body).json or {})["data"]
        clock.shift(timedelta(minutes=15))

        assert client.get(ME, headers=bearer(pair["access_token"])).status_code == 401
        assert refresh(client, pair["refresh_token"])[0] == 200


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer none", "Basic YW5uOmFubg==", "Token x"]
)
def test_a_header_that_is_no_token_is_refused(client: Client, header: str) -> None:
    response = client.get(ME, headers={"Authorization": header})

    assert response.status_code == 401
    assert response.json
    assert response.json["error"]["code"] == "UNAUTHORIZED"


def test_the_token_of_a_user_who_is_gone_is_nobodys(
    client: Client, db_session: Session, user: User, pair: dict[str, Any]
) -> None:
    db_session.delete(user)
    db_session.commit()

    assert client.get(ME, headers=bearer(pair["access_token"])).status_code == 401
    assert refresh(client, pair["refresh_token"])[0] == 401
