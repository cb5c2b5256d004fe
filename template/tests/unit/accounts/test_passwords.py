"""Passwords and their hashes."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location

import pytest
from argon2 import PasswordHasher

from app.accounts import passwords


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


@pytest.mark.parametrize("password_hash", [None, "!"])
def test_nobody_has_a_password(password_hash: str | None) -> None:
    assert not passwords.verify_password(password_hash, "")
    assert not passwords.verify_password(password_hash, "!")


def test_other_costs_ask_for_a_new_hash() -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)

    assert passwords.needs_rehash(dear.hash("correct horse battery"))
    assert not passwords.needs_rehash(passwords.hash_password("correct horse battery"))


@pytest.mark.parametrize(
    "password",
    [
        "abcd efgh ij",
        "x y z " * 21 + "ab",
        "zwölf Zeichen",
        "  spaces too  ",
        "🐎🔋📎 correct!",
        "nodigitsnocapitals",
    ],
)
def test_a_good_password_is_any_long_one(password: str) -> None:
    assert passwords.flaw_of(password) is None


@pytest.mark.parametrize("password", ["", "abcd efgh i", "x y z " * 21 + "abc"])
def test_a_password_has_12_to_128_characters(password: str) -> None:
    assert passwords.flaw_of(password) == "A password must have 12 to 128 characters."


@pytest.mark.parametrize("password", ["qwertyuiop123", "QwertyUiop123", "a" * 12, "abababababab"])
def test_what_everybody_takes_is_no_password(password: str) -> None:
    assert passwords.flaw_of(password) == (
        "Too many people use this password. Please choose another one."
    )


def test_a_hash_of_production_is_dear() -> None:
    spec = spec_from_file_location("passwords_of_production", passwords.__file__)
    assert spec
    assert spec.loader
    fresh = module_from_spec(spec)
    spec.loader.exec_module(fresh)

    # What OWASP asks for, in KiB.
    assert fresh.hasher.memory_cost >= 19_456
    assert fresh.hasher.time_cost >= 2
