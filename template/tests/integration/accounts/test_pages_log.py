"""What somebody types on the pages is not written to the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories import PASSWORD
from tests.integration.accounts.forms import NEW_PASSWORD, both, try_login

if TYPE_CHECKING:
    import pytest

    from app.accounts.models import User
    from tests.client import Client


def test_the_log_keeps_no_password(
    client: Client, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    fields = {"username": "eve", "email": "eve@example.com", **both(NEW_PASSWORD)}

    client.submit("/register", **fields)
    try_login(client, user, "another wrong one")
    try_login(client, user)

    assert "/register" in caplog.text
    assert not [word for word in (NEW_PASSWORD, "wrong one", PASSWORD) if word in caplog.text]
