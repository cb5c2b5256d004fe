"""The pages of administrators."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Login, Role, User, now
from app.pagination import PER_PAGE
from tests.client import flashes
from tests.factories import UserFactory
from tests.integration.accounts.forms import is_in, try_login
from tests.letters import path_in

if TYPE_CHECKING:
    from email.message import EmailMessage

    from sqlalchemy.orm import Session

    from tests.client import Client
    from tests.statements import Statements

USERS = "/admin/users"


def test_administrators_see_all_users(admin_client: Client) -> None:
    users = UserFactory.create_batch(3)

    page = admin_client.get("/admin/users").text

    for user in users:
        assert user.username in page
        assert user.email in page
        assert user.password_hash not in page


def test_administrators_see_users_a_page_at_a_time(admin_client: Client) -> None:
    UserFactory.create_batch(PER_PAGE)

    page = admin_client.get("/admin/users").text

    assert 'href="/admin/users?page=2"' in page
    assert page.count("@example.com") == PER_PAGE


def test_a_list_of_ten_takes_as_many_statements_as_a_list_of_one(
    admin_client: Client, statements: Statements
) -> None:
    with statements() as for_one:
        admin_client.get("/admin/users")
    UserFactory.create_batch(9)

    with statements(exactly=len(for_one)):
        page = admin_client.get("/admin/users").text

    assert page.count("@example.com") == min(10, PER_PAGE)


def test_administrators_make_administrators(
    admin_client: Client, db_session: Session, user: User
) -> None:
    page = admin_client.get(USERS).text
    assert 'name="role" value="admin">Make admin<' in page

    response = admin_client.submit(f"{USERS}/{user.id}/role", page=USERS, role="admin")

    assert response.location == USERS
    db_session.refresh(user)
    assert user.role is Role.ADMIN
    page = admin_client.get(USERS).text
    assert flashes(page) == [("success", "ann is an administrator now.")]
    assert 'name="role" value="user">Make user<' in page


def test_a_new_administrator_comes_in_at_once(
    admin_client: Client, auth_client: Client, user: User
) -> None:
    admin_client.submit(f"{USERS}/{user.id}/role", page=USERS, role="admin")
    assert auth_client.get(USERS).status_code == 200

    admin_client.submit(f"{USERS}/{user.id}/role", page=USERS, role="user")
    assert auth_client.get(USERS).location == "/dashboard"
    assert flashes(admin_client.get(USERS).text) == [("success", "ann is a user now.")]


@pytest.mark.parametrize(("what", "value"), [("role", "admin"), ("active", "no")])
def test_a_button_leads_back_to_its_page(admin_client: Client, what: str, value: str) -> None:
    last = UserFactory.create_batch(PER_PAGE)[-1]
    page = f"{USERS}?page=2"

    response = admin_client.submit(f"{USERS}/{last.id}/{what}?page=2", page=page, **{what: value})

    assert response.location == page


def test_who_is_shut_out_is_out_at_once_and_for_good(
    admin_client: Client, auth_client: Client, client: Client, db_session: Session, user: User
) -> None:
    assert is_in(auth_client)

    response = admin_client.submit(f"{USERS}/{user.id}/active", page=USERS, active="no")

    assert response.location == USERS
    db_session.refresh(user)
    assert user.active is False
    page = admin_client.get(USERS).text
    assert flashes(page) == [("success", "ann is deactivated.")]
    assert 'name="active" value="yes">Reactivate<' in page
    assert db_session.query(Login).filter_by(user_id=user.id).count() == 0
    assert not is_in(auth_client)
    assert try_login(client, user).status_code == 422

    admin_client.submit(f"{USERS}/{user.id}/active", page=USERS, active="yes")

    assert db_session.query(User.active).filter_by(id=user.id).scalar() is True
    assert flashes(admin_client.get(USERS).text) == [("success", "ann is active again.")]
    assert not is_in(auth_client)
    assert try_login(client, user).location == "/dashboard"


def test_the_links_of_whom_is_shut_out_end(
    admin_client: Client, client: Client, user: User, outbox: list[EmailMessage]
) -> None:
    client.submit("/reset", email=user.email)
    admin_client.submit(f"{USERS}/{user.id}/active", page=USERS, active="no")
    admin_client.submit(f"{USERS}/{user.id}/active", page=USERS, active="yes")

    assert client.get(path_in(outbox[0])).status_code == 422


@pytest.mark.parametrize(("what", "value"), [("role", "user"), ("active", "no")])
def test_administrators_do_not_shut_themselves_out(
    admin_client: Client, db_session: Session, admin_user: User, what: str, value: str
) -> None:
    assert 'name="role"' not in admin_client.get(USERS).text
    page = "/dashboard"

    response = admin_client.forge(f"{USERS}/{admin_user.id}/{what}", page=page, **{what: value})

    assert response.status_code == 409
    assert "Nobody can take away their own rights." in response.text
    db_session.refresh(admin_user)
    assert (admin_user.role, admin_user.active) == (Role.ADMIN, True)
    assert is_in(admin_client)


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("role", {}),
        ("role", {"role": "king"}),
        ("role", {"role": "ADMIN"}),
        ("active", {}),
        ("active", {"active": "maybe"}),
        ("active", {"active": ""}),
    ],
)
def test_what_is_no_choice_is_refused(
    admin_client: Client, db_session: Session, user: User, what: str, fields: dict[str, str]
) -> None:
    response = admin_client.submit(f"{USERS}/{user.id}/{what}", page=USERS, **fields)

    assert response.status_code == 400
    db_session.refresh(user)
    assert (user.role, user.active) == (Role.USER, True)


@pytest.mark.parametrize(("what", "value"), [("role", "admin"), ("active", "no")])
@pytest.mark.parametrize("user_id", ["999999999", "99999999999999999999"])
def test_an_unknown_user_is_not_found(
    admin_client: Client, what: str, value: str, user_id: str
) -> None:
    path = f"{USERS}/{user_id}/{what}"

    assert admin_client.forge(path, page="/dashboard", **{what: value}).status_code == 404


def test_users_are_led_back_from_where_they_may_not_be(auth_client: Client) -> None:
    response = auth_client.get(USERS)

    assert response.status_code in {302, 303}
    assert response.location == "/dashboard"
    said = "You are not allowed to do this."
    assert flashes(auth_client.get("/dashboard").text) == [("error", said)]


@pytest.mark.parametrize(("what", "value"), [("role", "admin"), ("active", "no")])
def test_users_change_nobodys_rights(
    auth_client: Client, db_session: Session, other_user: User, what: str, value: str
) -> None:
    users = db_session.query(User).all()
    assert other_user in users
    assert len(users) == 2

    for target in users:
        path = f"{USERS}/{target.id}/{what}"
        response = auth_client.forge(path, page="/dashboard", **{what: value})
        assert response.location == "/dashboard"
        db_session.refresh(target)
        assert (target.role, target.active) == (Role.USER, True)


@pytest.mark.parametrize(("what", "value"), [("role", "admin"), ("active", "no")])
def test_a_link_changes_nobodys_rights(
    admin_client: Client, user: User, what: str, value: str
) -> None:
    assert admin_client.get(f"{USERS}/{user.id}/{what}?{what}={value}").status_code == 405


def test_a_row_says_who_somebody_is_and_what_can_be_done(
    admin_client: Client, db_session: Session, user: User, other_user: User
) -> None:
    user.confirmed_at = now()
    other_user.active = False
    db_session.commit()

    rows = re.findall(r"<tr>(.*?)</tr>", admin_client.get(USERS).text, re.DOTALL)

    said = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows[1:]]
    assert [re.sub(r" since \d+ \w+ \d+", "", words) for words in said] == [
        "root you root@example.com, not confirmed admin active",
        "ann ann@example.com user Make admin : ann active Deactivate : ann",
        "bob bob@example.com, not confirmed user Make admin : bob deactivated Reactivate : bob",
    ]


def test_a_row_says_since_when(admin_client: Client) -> None:
    UserFactory.create(created_at=datetime(2020, 5, 4, tzinfo=UTC))

    assert ">4 May 2020<" in admin_client.get(USERS).text
