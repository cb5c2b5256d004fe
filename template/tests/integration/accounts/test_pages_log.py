"""What somebody types on the pages is not written to the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import PASSWORD
from tests.integration.accounts.forms import NEW_PASSWORD, both, try_login
from tests.letters import code_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from app.accounts.models import User
    from tests.client import Client

pytestmark = pytest.mark.usefixtures("whole_log")


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
    fields = {"email": "x", "password": NEW_PASSWORD, "confirm_password": "another wrong one"}
    token = auth_client.csrf_token("/profile/email")

    for path in ("/profile/email", "/profile/password", "/profile/deactivate"):
        for current in ("a third wrong one", PASSWORD):
            sent = {"csrf_token": token, "current_password": current, **fields}
            assert auth_client.post(path, data=sent).status_code in {302, 422}

    assert "/profile/deactivate" in caplog.text
    assert not [word for word in (NEW_PASSWORD, "wrong one", PASSWORD) if word in caplog.text]


def test_the_log_keeps_no_address_and_no_code(
    client: Client,
    auth_client: Client,
    user: User,
    outbox: list[EmailMessage],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client.submit("/login", email="typed in the wrong field", password="wrong")
    client.submit("/reset", email=user.email)
    auth_client.submit("/confirm", page="/dashboard")
    auth_client.submit("/profile/email", email="new@example.com", current_password=PASSWORD)

    assert len(outbox) == 3
    secret = ["wrong field", user.email, "new@example.com", *map(code_in, outbox)]
    assert not [word for word in secret if word in caplog.text]
