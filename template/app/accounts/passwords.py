"""Passwords: what they must be like, and their hashes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
COMMON = Path(__file__).with_name("common_passwords.txt")
# A hash costs time on purpose. The suite puts a cheap hasher here.
hasher = PasswordHasher()


def flaw_of(password: str) -> str | None:
    """Say what is wrong with a new password, if anything is; any character is welcome."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        return f"A password must have {MIN_LENGTH} to {MAX_LENGTH} characters."
    if len(set(password)) < MIN_LENGTH // 4 or password.lower() in common():
        return "Too many people use this password. Please choose another one."
    return None


@cache
def common() -> frozenset[str]:
    """Return the passwords that are guessed first, in small letters."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def hash_password(password: str) -> str:
    """Return a salted hash of a password."""
    return hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether a password is the one that was hashed.

    None, the hash of a user who does not exist, takes as long as any other. So does what is no
    hash at all: a "!" is for an account whose password has to be set by an e-mail first.
    """
    if password_hash is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(password_hash, password)
    except VerificationError:
        return False
    except InvalidHashError:
        return verify_password(None, password)


def needs_rehash(password_hash: str) -> bool:
    """Tell whether a hash was made with other costs than today's."""
    return hasher.check_needs_rehash(password_hash)
