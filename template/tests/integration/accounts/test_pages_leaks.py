"""No page shows what only the server may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.accounts.models import Code, Login, User
from tests.integration.accounts.forms import COOKIE
from tests.letters import code_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sqlalchemy.orm import Session

    from tests.client import Client

PAGES = (
    "/",
    "/dashboard",
    "/profile",
    "/profile/password",
    "/profile/email",
    "/profile/deactivate",
    "/admin/users",
    "/nothing",
)


def test_no_page_shows_a_hash_or_a_token(
    admin_client: Client,
    client: Client,
    db_session: Session,
    user: User,
    outbox: list[EmailMessage],
) -> None:
    client.submit("/reset", email=user.email)
    admin_client.submit("/confirm", page="/dashboard")
    with admin_client.session_transaction() as session:
        token = session["_user_id"]
    cookie = admin_client.get_cookie(COOKIE)
    assert cookie
    secrets = {
        token,
        cookie.value,
        *(user.password_hash for user in db_session.query(User)),
        *(login.token_hash for login in db_session.query(Login)),
        *(code.code_hash for code in db_session.query(Code)),
        *(code_in(letter) for letter in outbox),
    }
    assert len(secrets) == 8

    for path in PAGES:
        page = admin_client.get(path).text
        assert [secret for secret in secrets if secret in page] == [], path


def test_others_do_not_see_an_address(
    other_client: Client, auth_client: Client, user: User
) -> None:
    assert user.email in auth_client.get("/profile").text

    for path in PAGES:
        assert user.email not in other_client.get(path).text, path
