"""Logging in, renewing and logging out at the API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.accounts.models import Login
from tests.client import Client, data_of, error_of, new_client
from tests.factories import PASSWORD, UserFactory
from tests.integration.accounts.calls import (
    AUTH,
    ME,
    bearer,
    logged_in,
    renew,
    seen,
    statuses,
    try_login,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User
    from app.accounts.tokens import Pair

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DAYS = timedelta(days=14)


@pytest.fixture
def pair(client: Client, user: User) -> Pair:
    """Return the tokens that a login gives."""
    return logged_in(client, user)


@pytest.fixture
def second_client(app: Flask, make_app: Callable[..., Flask]) -> Client:
    """Return a client of another app on the same database, as a restart would make one."""
    return new_client(make_app(DATABASE_URL=app.config["DATABASE_URL"]))


def log_out(client: Client, pair: Pair) -> None:
    """End a login."""
    response = client.post(f"{AUTH}/logout", headers=bearer(pair["access_token"]))
    assert (response.status_code, response.data) == (204, b"")


def test_a_login_gives_a_pair_that_works(client: Client, pair: Pair) -> None:
    assert set(pair) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 900)
    assert statuses(client, pair) == (200, 200)


def test_capital_letters_of_an_address_do_not_matter(client: Client, user: User) -> None:
    assert try_login(client, user.email.upper()).status_code == 200


@pytest.mark.usefixtures("user")
def test_whatever_keeps_somebody_out_the_answer_is_the_same(client: Client) -> None:
    UserFactory.create(username="idle", active=False)

    answers = [
        seen(try_login(client, email, password))
        for email, password in (
            ("ann@example.com", "wrong"),
            ("ann@example.com", ""),
            ("ann@example.com", PASSWORD.upper()),
            ("ann@example.com", f" {PASSWORD} "),
            ("nobody@example.com", PASSWORD),
            ("idle@example.com", PASSWORD),
            ("no address", PASSWORD),
            ("' OR 1=1--", PASSWORD),
        )
    ]

    assert answers == [answers[0]] * 8
    assert answers[0][0] == 401
    assert error_of(try_login(client, "ann@example.com", "wrong")) == {
        "code": "UNAUTHORIZED",
        "message": "The e-mail address or the password is wrong.",
        "details": {},
    }


def test_a_login_that_fails_leaves_nothing(client: Client, db_session: Session, user: User) -> None:
    try_login(client, user.email, "wrong")

    assert db_session.query(Login).count() == 0


def test_where_addresses_must_be_confirmed_nobody_hears_that_one_is_not(
    app: Flask, client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONFIRMED_USERS_ONLY", True)
    confirmed = UserFactory.create(confirmed_at=NOW)

    assert try_login(client, confirmed.email).status_code == 200
    assert seen(try_login(client, user.email)) == seen(try_login(client, user.email, "wrong"))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "ann@example.com"}, "password"),
        ({"password": PASSWORD}, "email"),
        ({"email": 1, "password": PASSWORD}, "email"),
        ({"email": "ann@example.com", "password": None}, "password"),
        ({"email": "ann@example.com", "password": PASSWORD, "role": "admin"}, "role"),
        ({"email": "ann@example.com", "password": PASSWORD, "active": True}, "active"),
    ],
)
def test_a_login_that_is_not_valid_is_refused_by_field(
    client: Client, body: dict[str, Any], field: str
) -> None:
    response = client.post(f"{AUTH}/login", json=body)

    assert response.status_code == 422
    assert error_of(response)["code"] == "VALIDATION_ERROR"
    assert list(error_of(response)["details"]) == [field]


def test_a_refresh_gives_a_new_pair_that_works(client: Client, pair: Pair) -> None:
    renewed = data_of(renew(client, pair["refresh_token"]))

    assert renewed["refresh_token"] != pair["refresh_token"]
    assert renewed["access_token"] != pair["access_token"]
    assert statuses(client, renewed) == (200, 200)


def test_a_refresh_token_is_good_once_and_a_second_use_ends_the_login(
    client: Client, db_session: Session, pair: Pair
) -> None:
    renewed = data_of(renew(client, pair["refresh_token"]))

    response = renew(client, pair["refresh_token"])

    assert response.status_code == 401
    assert error_of(response)["message"] == "This token has been used before."
    assert db_session.query(Login).count() == 0
    assert statuses(client, renewed) == (401, 401)
    assert statuses(client, pair) == (401, 401)


def test_a_second_use_ends_no_other_login(client: Client, pair: Pair, user: User) -> None:
    other = logged_in(client, user)
    for _ in range(2):
        renew(client, pair["refresh_token"])

    assert statuses(client, other) == (200, 200)


@pytest.mark.usefixtures("real_commits")
def test_of_two_refreshes_at_once_one_is_too_late_and_ends_the_login(
    app: Flask, client: Client, pair: Pair
) -> None:
    clients = [new_client(app), new_client(app)]

    with ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda each: renew(each, pair["refresh_token"]), clients)]

    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert (first.status_code, second.status_code) == (200, 401)
    assert statuses(client, data_of(first)) == (401, 401)


@pytest.mark.parametrize("body", [{}, {"refresh_token": None}, {"refresh_token": 1}])
def test_a_refresh_needs_a_token(client: Client, body: dict[str, Any]) -> None:
    response = client.post(f"{AUTH}/refresh", json=body)

    assert response.status_code == 422
    assert list(error_of(response)["details"]) == ["refresh_token"]


def test_a_logout_ends_both_tokens(client: Client, db_session: Session, pair: Pair) -> None:
    log_out(client, pair)

    assert statuses(client, pair) == (401, 401)
    assert db_session.query(Login).count() == 0


def test_a_logout_needs_a_login(client: Client, pair: Pair) -> None:
    for headers in ({}, bearer(pair["refresh_token"])):
        assert client.post(f"{AUTH}/logout", headers=headers).status_code == 401

    assert statuses(client, pair) == (200, 200)


@pytest.mark.usefixtures("real_commits")
def test_a_logout_holds_in_every_process(client: Client, second_client: Client, user: User) -> None:
    pair = logged_in(client, user)
    log_out(client, pair)

    assert statuses(second_client, pair) == (401, 401)


@pytest.mark.usefixtures("real_commits")
def test_a_login_outlives_a_restart(client: Client, second_client: Client, user: User) -> None:
    assert statuses(second_client, logged_in(client, user)) == (200, 200)


@pytest.mark.usefixtures("real_commits")
def test_a_second_use_is_known_in_every_process(
    client: Client, second_client: Client, user: User
) -> None:
    pair = logged_in(client, user)
    renewed = data_of(renew(client, pair["refresh_token"]))

    assert renew(second_client, pair["refresh_token"]).status_code == 401
    assert statuses(client, renewed) == (401, 401)


def test_a_logout_here_keeps_the_login_there(
    client: Client, pair: Pair, auth_headers: dict[str, str]
) -> None:
    log_out(client, pair)

    assert client.get(ME, headers=auth_headers).status_code == 200


def test_a_token_ends_by_itself(client: Client, user: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        pair = logged_in(client, user)
        clock.shift(timedelta(minutes=15))

        assert statuses(client, pair) == (401, 200)


def test_a_login_ends_by_itself_unless_it_is_renewed(client: Client, user: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        kept, left = logged_in(client, user), logged_in(client, user)
        clock.shift(DAYS - timedelta(seconds=1))
        kept = data_of(renew(client, kept["refresh_token"]))
        clock.shift(timedelta(seconds=1))

        assert statuses(client, left) == (401, 401)
        assert statuses(client, kept) == (200, 200)


def test_the_server_can_end_a_login_before_its_tokens_do(
    client: Client, db_session: Session, pair: Pair
) -> None:
    db_session.query(Login).one().expires_at = LONG_AGO
    db_session.commit()

    assert statuses(client, pair) == (401, 401)
    assert db_session.query(Login).one().expires_at == LONG_AGO


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer none", "Basic YW5uOmFubg==", "Token x"]
)
def test_a_header_that_is_no_token_is_refused(client: Client, header: str) -> None:
    response = client.get(ME, headers={"Authorization": header})

    assert response.status_code == 401
    assert error_of(response)["code"] == "UNAUTHORIZED"


def test_a_token_counts_in_the_header_only(client: Client, pair: Pair) -> None:
    token = pair["access_token"]
    client.set_cookie("access_token", token)

    response = client.get(ME, query_string={"access_token": token, "token": token})

    assert response.status_code == 401


def test_the_tokens_of_a_user_who_is_gone_are_nobodys(
    client: Client, db_session: Session, user: User, pair: Pair
) -> None:
    db_session.delete(user)
    db_session.commit()

    assert statuses(client, pair) == (401, 401)


def test_the_tokens_of_a_user_who_is_shut_out_open_nothing(
    client: Client, db_session: Session, user: User, pair: Pair
) -> None:
    user.active = False
    db_session.commit()

    assert statuses(client, pair) == (401, 401)


@pytest.mark.parametrize("scheme", ["Token", "JWT"])
def test_a_token_of_another_scheme_is_none(client: Client, user: User, scheme: str) -> None:
    token = logged_in(client, user)["access_token"]

    response = client.get(ME, headers={"Authorization": f"{scheme} {token}"})

    assert response.status_code == 401
