"""What somebody types on the pages is not written to the log."""

from __future__ import annotations

import logging
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


def test_the_log_keeps_no_password_of_a_change(
    auth_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fields = {"email": "x", "password": NEW_PASSWORD, "confirm_password": "another wrong one"}
    token = auth_client.csrf_token("/profile/email")

    for path in ("/profile/email", "/profile/password", "/profile/deactivate"):
        for current in ("a third wrong one", PASSWORD):
            sent = {"csrf_token": token, "current_password": current, **fields}
            assert auth_client.post(path, data=sent).status_code in {302, 422}

    assert "/profile/deactivate" in caplog.text
    assert not [word for word in (NEW_PASSWORD, "wrong one", PASSWORD) if word in caplog.text]
