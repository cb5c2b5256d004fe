"""Passwords and their hashes."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from app.accounts import passwords

pytestmark = pytest.mark.usefixtures("application")  # which makes hashes cheap


def test_a_hash_does_not_show_the_password() -> None:
    assert "correct horse" not in passwords.hash_password("correct horse battery")


def test_equal_passwords_have_different_hashes() -> None:
    assert passwords.hash_password("correct horse") != passwords.hash_password("correct horse")


@pytest.mark.parametrize(
    ("password", "right"),
    [
        ("correct horse battery", True),
        ("Correct horse battery", False),
        ("correct horse battery ", False),
        ("correct horse", False),
        ("", False),
    ],
)
def test_only_the_password_itself_is_right(password: str, *, right: bool) -> None:
    password_hash = passwords.hash_password("correct horse battery")

    assert passwords.verify_password(password_hash, password) is right


def test_the_end_of_a_long_password_counts() -> None:
    password_hash = passwords.hash_password("x" * 127 + "a")

    assert not passwords.verify_password(password_hash, "x" * 127 + "b")


def test_nobody_has_a_password() -> None:
    assert not passwords.verify_password(None, "")


def test_other_costs_ask_for_a_new_hash() -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)

    assert passwords.needs_rehash(dear.hash("correct horse battery"))
    assert not passwords.needs_rehash(passwords.hash_password("correct horse battery"))
