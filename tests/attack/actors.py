"""A program that a project runs: adds users to its database, and prints what each has to log in."""

from __future__ import annotations

import json
import sys
from typing import Any

from app import create_app, db
from app.accounts import codes, passwords, tokens
from app.accounts.models import Purpose, Role, User

PASSWORD = "a long pass phrase of nobody's"
SPARE = 400


def main(role: str) -> None:
    """Add the attacker and those whose logins an attack may end."""
    with create_app().app_context():
        # Hashing the same phrase again for each would take a minute.
        password_hash = passwords.hash_password(PASSWORD)
        users = [
            User(
                username=f"somebody-{number}",
                email=f"somebody-{number}@example.com",
                password_hash=password_hash,
                role=Role(role),
            )
            for number in range(1 + SPARE)
        ]
        db.session().add_all(users)
        attacker, *spare = [secrets_of(user) for user in users]
        db.session().commit()
    json.dump({"password": PASSWORD, "attacker": attacker, "spare": spare}, sys.stdout)


def secrets_of(user: User) -> dict[str, Any]:
    """Return what only a user, or the reader of their mail, should know."""
    pair = tokens.issue(db.session(), user)
    addresses = {Purpose.CONFIRM: None, Purpose.RESET: None, Purpose.EMAIL: f"new-{user.email}"}
    found = {
        purpose.value: codes.new_code(db.session(), user, purpose, address)
        for purpose, address in addresses.items()
    }
    return {**pair, **found, "address": user.email}


if __name__ == "__main__":
    main(sys.argv[1])
