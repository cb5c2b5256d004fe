"""Tokens that are not ours: neither kind opens anything, and none of them ends a login."""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from app.accounts.tokens import CLAIMS
from tests.client import Client, error_of
from tests.integration.accounts.calls import ME, bearer, logged_in, renew, statuses

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

    from app.accounts.models import User
    from app.accounts.tokens import Pair


@dataclass
class Forger:
    """Makes tokens out of one that a login gave, and tries them."""

    client: Client
    kind: str
    key: str
    pair: Pair

    @property
    def token(self) -> str:
        """Return the token that the app has made."""
        return self.pair["access_token"] if self.kind == "access" else self.pair["refresh_token"]

    def claims(self, **changes: Any) -> bytes:
        """Return its claims with changes; None leaves one out."""
        claims = jwt.decode(self.token, options={"verify_signature": False}) | changes
        return part({name: value for name, value in claims.items() if value is not None})

    def sign(self, algorithm: str = "HS256", digest: str = "sha256", **changes: Any) -> str:
        """Return a token that names an algorithm, signed with any digest."""
        text = part({"alg": algorithm, "typ": "JWT"}) + b"." + self.claims(**changes)
        signature = encode(hmac.digest(self.key.encode(), text, digest))
        return (text + b"." + signature).decode()

    def send(self, token: str) -> TestResponse:
        """Use a token for what its kind is for."""
        if self.kind == "refresh":
            return renew(self.client, token)
        return self.client.get(ME, headers=bearer(token))

    def assert_refused(self, token: str) -> None:
        """Fail unless a token is refused, and the login goes on."""
        response = self.send(token)
        assert response.status_code == 401, response.text
        assert error_of(response)["code"] == "UNAUTHORIZED"
        assert statuses(self.client, self.pair) == (200, 200)


@pytest.fixture(params=["access", "refresh"])
def forger(request: pytest.FixtureRequest, app: Flask, client: Client, user: User) -> Forger:
    """Return who forges tokens of one kind."""
    return Forger(client, request.param, app.config["JWT_SECRET_KEY"], logged_in(client, user))


def part(content: object) -> bytes:
    """Return a part of a token."""
    return encode(json.dumps(content).encode())


def encode(content: bytes) -> bytes:
    """Write bytes as tokens do."""
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def test_what_these_tests_sign_is_taken_as_it_is(forger: Forger) -> None:
    assert forger.send(forger.sign()).status_code == 200


@pytest.mark.parametrize(
    ("algorithm", "digest"),
    [
        ("HS512", "sha512"),
        ("RS256", "sha256"),
        ("none", "sha256"),
    ],
)
def test_another_algorithm_is_refused(forger: Forger, algorithm: str, digest: str) -> None:
    forger.assert_refused(forger.sign(algorithm, digest))


@pytest.mark.parametrize("algorithm", ["none", "NONE", "HS256"])
def test_no_signature_is_refused(forger: Forger, algorithm: str) -> None:
    unsigned = part({"alg": algorithm}) + b"." + forger.claims() + b"."

    forger.assert_refused(unsigned.decode())


@pytest.mark.parametrize("key", ["", "key of the sessions in tests, nobody else's"])
def test_the_signature_of_another_key_is_refused(forger: Forger, key: str) -> None:
    token = forger.sign()
    forger.key = key

    assert forger.sign() != token
    forger.assert_refused(forger.sign())


def test_other_claims_under_a_good_signature_are_refused(forger: Forger) -> None:
    header, _, signature = forger.token.split(".")
    claims = forger.claims(exp=4_000_000_000).decode()

    forger.assert_refused(f"{header}.{claims}.{signature}")


@pytest.mark.parametrize("claim", CLAIMS)
def test_no_claim_may_be_missing(forger: Forger, claim: str) -> None:
    changes: dict[str, Any] = {claim: None}

    forger.assert_refused(forger.sign(**changes))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("exp", 1),
        ("iat", 4_000_000_000),
        ("sub", "0"),
        ("jti", 1),
        ("type", "no slug"),
        ("iss", "no slug"),
        ("aud", "no slug"),
        ("sid", "0"),
    ],
)
def test_no_claim_may_be_wrong(forger: Forger, claim: str, value: object) -> None:
    changes: dict[str, Any] = {claim: value}

    forger.assert_refused(forger.sign(**changes))


def test_a_login_of_the_same_number_is_another(forger: Forger) -> None:
    claims = jwt.decode(forger.token, options={"verify_signature": False})
    number = claims["sid"].partition(".")[0]

    forger.assert_refused(forger.sign(sid=f"{number}.20000101000000000000"))


def test_a_token_opens_nobody_elses_account(forger: Forger, other_user: User) -> None:
    forger.assert_refused(forger.sign(sub=str(other_user.id)))


def test_a_token_of_the_other_kind_is_refused(forger: Forger) -> None:
    other = {"access": "refresh", "refresh": "access"}[forger.kind]

    forger.assert_refused(forger.sign(type=other))


@pytest.mark.parametrize("text", ["", "a.b.c"])
def test_what_is_no_token_is_refused(forger: Forger, text: str) -> None:
    forger.assert_refused(text)


def test_each_token_of_a_pair_serves_its_own_purpose(client: Client, user: User) -> None:
    pair = logged_in(client, user)

    access = client.get(ME, headers=bearer(pair["refresh_token"]))
    refresh = renew(client, pair["access_token"])

    assert (access.status_code, refresh.status_code) == (401, 401)
    assert error_of(access)["message"] == "This is no access token."
    assert error_of(refresh)["message"] == "This is no refresh token."
    assert statuses(client, pair) == (200, 200)
