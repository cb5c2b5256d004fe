"""What users are told when something is refused, word by word: it is all that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts import codes, credentials, service
from app.accounts.models import Purpose, Role
from app.errors import ConflictError, InvalidError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.accounts.models import User

OWN_RIGHTS = r"^Nobody can take away their own rights\.$"
USED_UP = "This link has been used or is too old. Please ask for a new one."


def test_administrators_hear_why_they_cannot_shut_themselves_out(
    db_session: Session, admin_user: User
) -> None:
    with pytest.raises(ConflictError, match=OWN_RIGHTS):
        service.set_active(db_session, admin_user, admin_user, active=False)
    with pytest.raises(ConflictError, match=OWN_RIGHTS):
        service.set_role(db_session, admin_user, Role.USER, admin_user)


def test_a_wrong_password_is_called_wrong(db_session: Session, user: User) -> None:
    with pytest.raises(InvalidError) as caught:
        credentials.deactivate(db_session, user, "not the password")

    assert caught.value.details == {"current_password": ["This is not your password."]}


def test_a_code_that_is_no_use_is_called_so(db_session: Session) -> None:
    with pytest.raises(InvalidError) as caught:
        codes.use_code(db_session, "no code", Purpose.RESET)

    assert str(caught.value) == USED_UP
    assert caught.value.details == {"code": [USED_UP]}
