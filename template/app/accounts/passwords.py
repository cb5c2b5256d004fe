"""Passwords: what they must be like, and their hashes."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

MIN_LENGTH = 12
MAX_LENGTH = 128
# A hash costs time on purpose. The suite puts a cheap hasher here.
hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return a salted hash of a password."""
    return hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether a password is the one that was hashed.

    None, the hash of a user who does not exist, takes as long as any other.
    """
    if password_hash is None:
        hasher.hash(password)
        return False
    try:
        return hasher.verify(password_hash, password)
    except VerificationError:
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether a hash was made with other costs than today's."""
    return hasher.check_needs_rehash(password_hash)
