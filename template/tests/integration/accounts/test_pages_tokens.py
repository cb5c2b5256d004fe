"""How long, and from where, a form of the pages is taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.client import TOKEN

if TYPE_CHECKING:
    from tests.client import Client


def test_a_form_may_be_filled_in_slowly(client: Client) -> None:
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        token = client.csrf_token("/login")
        clock.shift(timedelta(minutes=119))

        response = client.post("/login", data={"csrf_token": token, "email": "", "password": ""})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("referrer", "status"),
    [("https://localhost/login", 422), ("https://evil.com/", 400), ("", 400)],
)
def test_by_https_a_form_comes_from_a_page_of_ours(
    client: Client, referrer: str, status: int
) -> None:
    base = "https://localhost"
    found = TOKEN.search(client.get("/login", base_url=base).text)
    assert found

    response = client.post(
        "/login",
        base_url=base,
        headers={"Referer": referrer} if referrer else {},
        data={"csrf_token": found[1], "email": "", "password": ""},
    )

    assert response.status_code == status
