"""Values that refer to another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.errors import Details, InvalidError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.db import Model


def check_references(session: Session, model: type[Model], values: Mapping[str, object]) -> None:
    """Raise InvalidError naming the values that refer to what is not there."""
    columns = model.__table__.c
    details: Details = {}
    for name, value in values.items():
        for key in columns[name].foreign_keys:
            # Nobody removes it before this is committed.
            query = select(key.column).where(key.column == value)
            query = query.with_for_update(read=True, key_share=True)
            if value is not None and session.scalar(query) is None:
                words = name.removesuffix("_id").replace("_", " ")
                details[name] = [f"There is no such {words}."]
    if details:
        raise InvalidError(details=details)
