"""A program's whole journey through the API, from its account to its logout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.client import Client


def test_a_program_joins_renews_writes_and_leaves(client: Client) -> None:
    account = {"email": "eve@example.com", "password": "a long passphrase"}
    assert client.post("/api/v1/users/", json={"username": "eve", **account}).status_code == 201
    pair = (client.post("/api/v1/auth/login", json=account).json or {})["data"]
    body = {"refresh_token": pair["refresh_token"]}
    pair = (client.post("/api/v1/auth/refresh", json=body).json or {})["data"]
    headers = {"Authorization": f"Bearer {pair['access_token']}"}

    post = {"title": "My first", "content": "Hello, world"}
    created = client.post("/api/v1/posts/", json=post, headers=headers)
    assert (created.json or {})["data"]["author"]["username"] == "eve"

    assert client.post("/api/v1/auth/logout", headers=headers).status_code == 204
    assert client.post("/api/v1/posts/", json=post, headers=headers).status_code == 401
