"""Which tokens are taken, claim by claim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest
import time_machine

from app.accounts import tokens
from app.accounts.models import Login
from app.config import ConfigError, load
from app.errors import UnauthorizedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.accounts.models import User

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    """Tokens are made and read with an app's configuration."""
    with app.app_context(), time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pair(db_session: Session, user: User) -> tokens.Pair:
    """Return the tokens of a login."""
    return tokens.issue(db_session, user)


def forge(app: Flask, token: str, key: str | None = None, **changes: Any) -> str:
    """Return a token with other claims (None leaves one out), signed with any key."""
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key or app.config["JWT_SECRET_KEY"], "HS256")


def test_a_token_says_who_and_until_when(pair: tokens.Pair, user: User) -> None:
    claims = tokens.decode(pair["access_token"], "access")

    assert claims["sub"] == str(user.id)
    assert claims["exp"] - claims["iat"] == pair["expires_in"] == 15 * 60
    assert set(claims) == set(tokens.CLAIMS)


def test_a_token_says_nothing_else_of_the_user(pair: tokens.Pair, user: User) -> None:
    claims = jwt.decode(pair["access_token"], options={"verify_signature": False})

    assert user.email not in str(claims)
    assert user.password_hash not in str(claims)


@pytest.mark.parametrize("claim", tokens.CLAIMS)
def test_a_token_without_one_of_its_claims_is_refused(
    app: Flask, pair: tokens.Pair, claim: str
) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.decode(forge(app, pair["access_token"], **{claim: None}), "access")


@pytest.mark.parametrize(("claim", "value"), [("aud", "no slug"), ("iss", "no slug"), ("exp", 1)])
def test_a_token_with_a_wrong_claim_is_refused(
    app: Flask, pair: tokens.Pair, claim: str, value: Any
) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.decode(forge(app, pair["access_token"], **{claim: value}), "access")


def test_a_token_of_another_key_is_refused(app: Flask, pair: tokens.Pair) -> None:
    with pytest.raises(UnauthorizedError):
        tokens.decode(forge(app, pair["access_token"], key="x" * 32), "access")


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_a_token_of_another_algorithm_is_refused(
    app: Flask, pair: tokens.Pair, algorithm: str
) -> None:
    claims = jwt.decode(pair["access_token"], options={"verify_signature": False})
    key = "" if algorithm == "none" else app.config["JWT_SECRET_KEY"] * 2
    forged = jwt.encode(claims, key, algorithm)

    with pytest.raises(UnauthorizedError):
        tokens.decode(forged, "access")


@pytest.mark.parametrize(
    ("given", "wanted"), [("access_token", "refresh"), ("refresh_token", "access")]
)
def test_each_kind_serves_its_own_purpose(pair: Any, given: str, wanted: Any) -> None:
    with pytest.raises(UnauthorizedError, match=f"This is no {wanted} token"):
        tokens.decode(pair[given], wanted)


@pytest.mark.parametrize(
    ("token", "kind", "lifetime"),
    [
        ("access_token", "access", timedelta(minutes=15)),
        ("refresh_token", "refresh", timedelta(days=14)),
    ],
)
def test_a_token_ends_when_it_says(pair: Any, token: str, kind: Any, lifetime: timedelta) -> None:
    with time_machine.travel(NOW + lifetime - timedelta(seconds=1), tick=False):
        assert tokens.decode(pair[token], kind)
    with (
        time_machine.travel(NOW + lifetime, tick=False),
        pytest.raises(UnauthorizedError),
    ):
        tokens.decode(pair[token], kind)


def test_production_wants_a_key_of_its_own_for_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "JWT_SECRET_KEY"):
        monkeypatch.setenv(name, "n5Vq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv")

    with pytest.raises(ConfigError, match="JWT_SECRET_KEY must differ from SECRET_KEY"):
        load("production")


def test_a_token_for_another_user_is_refused(
    app: Flask, db_session: Session, pair: tokens.Pair, other_user: User
) -> None:
    claims = tokens.decode(forge(app, pair["access_token"], sub=str(other_user.id)), "access")

    with pytest.raises(UnauthorizedError):
        tokens.login_of(db_session, claims)


def test_of_two_renewals_at_once_one_ends_the_login(
    db_session: Session, pair: tokens.Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = tokens.login_of

    def be_overtaken(session: Session, claims: dict[str, Any]) -> Login:
        monkeypatch.setattr(tokens, "login_of", find)
        tokens.rotate(session, pair["refresh_token"])
        return find(session, claims)

    monkeypatch.setattr(tokens, "login_of", be_overtaken)

    with pytest.raises(UnauthorizedError, match="used before"):
        tokens.rotate(db_session, pair["refresh_token"])
    assert db_session.query(Login).count() == 0


def test_a_renewed_login_lasts_longer_and_is_no_younger(
    db_session: Session, pair: tokens.Pair
) -> None:
    with time_machine.travel(NOW + timedelta(days=13), tick=False):
        tokens.rotate(db_session, pair["refresh_token"])
        login = db_session.query(Login).one()

    assert login.expires_at == NOW + timedelta(days=13 + 14)
    assert login.created_at == NOW


def test_a_token_names_its_user_and_not_its_login(db_session: Session, user: User) -> None:
    pairs = [tokens.issue(db_session, user) for _ in range(2)]

    named = {tokens.decode(pair["access_token"], "access")["sub"] for pair in pairs}

    assert named == {str(user.id)}
