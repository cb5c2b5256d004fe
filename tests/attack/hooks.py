"""What the attacker knows and does: schemathesis loads this, in an environment of its own."""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis import GenerationMode

# What ends the login that it is called with, which would make all that follows anonymous: each call
# of these is made by somebody else.
ENDING = {
    "POST /api/v1/auth/logout",
    "PUT /api/v1/users/me/password",
    "POST /api/v1/users/me/deactivate",
}
CODES = {
    "POST /api/v1/auth/confirm": "confirm",
    "POST /api/v1/auth/email": "email",
    "POST /api/v1/auth/password": "reset",
}
# Of these no schema can say what is right: whether a code is used up, a password is somebody's or
# everybody's, and what a mail server takes for an address.
JUDGED = {"code", "current_password", "email", "password"}
UNPROCESSABLE = 422
NEW_PASSWORD = "another long phrase of nobody's"


class Attacker:
    """Who has a login, comes from many places, and now and then says what only users know."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.known = known
        self.spare = itertools.cycle(known["spare"])
        self.places = itertools.count(1)
        self.turns = itertools.cycle([True, False])

    def prepare(self, case: Any) -> None:
        """Come from another place each time, and every second time with what goes through."""
        number = next(self.places)
        place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        case.headers["X-Forwarded-For"] = place
        if is_positive(case) and isinstance(case.body, dict) and next(self.turns):
            case.body.update(self.right(case.operation.label, set(case.body)))

    def right(self, operation: str, fields: set[str]) -> dict[str, str]:
        """Return what the fields of a body have to be."""
        somebody = next(self.spare)
        values = {
            "current_password": self.known["password"],
            "password": NEW_PASSWORD,
            "refresh_token": somebody["refresh_token"],
            "code": somebody.get(CODES.get(operation, ""), ""),
        }
        if fields == {"email", "password"}:
            values |= {"email": somebody["address"], "password": self.known["password"]}
        return {field: value for field, value in values.items() if field in fields}


class Bearer:
    """Puts a token on a request: the attacker's, or somebody's whose login may end."""

    def get(self, case: Any, _context: Any) -> str:
        """Choose the token."""
        ends = case.operation.label in ENDING
        token: str = (next(ATTACKER.spare) if ends else ATTACKER.known["attacker"])["access_token"]
        return token

    def set(self, case: Any, token: str, _context: Any) -> None:
        """Put the token on."""
        case.headers["Authorization"] = f"Bearer {token}"


def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Prepare a request before it is sent."""
    ATTACKER.prepare(case)


def only_judged_fields_are_refused(_context: Any, response: Any, case: Any) -> None:
    """Fail where data that the document allows is refused for what the document could have said."""
    if is_positive(case) and response.status_code == UNPROCESSABLE:
        refused = set(response.json()["error"]["details"])
        assert refused <= JUDGED, f"{refused - JUDGED} are refused though the document allows them"


def is_positive(case: Any) -> bool:
    """Tell whether a request is meant to keep to the document."""
    return bool(case.meta) and case.meta.generation.mode is GenerationMode.POSITIVE


schemathesis.check(only_judged_fields_are_refused)
if "ATTACK_KNOWN" in os.environ:
    ATTACKER = Attacker(json.loads(Path(os.environ["ATTACK_KNOWN"]).read_text(encoding="utf-8")))
    schemathesis.hook(before_call)
    schemathesis.auth(refresh_interval=None, retry_on=[])(Bearer)
