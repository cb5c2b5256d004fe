"""Values that only one row may have."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.errors import ConflictError, Details

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from app.db import Model


@contextmanager
def unique(
    session: Session, model: type[Model], values: Mapping[str, object], row_id: int = 0
) -> Iterator[None]:
    """Write what the block changes. Raises ConflictError naming the values that another row has.

    The look before gives the answer that names the fields; the constraint decides a race, and the
    session can be used after either.
    """
    if details := taken(session, model, values, row_id):
        raise ConflictError(details=details)
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise ConflictError(details=taken(session, model, values, row_id)) from error


def taken(
    session: Session, model: type[Model], values: Mapping[str, object], row_id: int
) -> Details:
    """Return an error for each value that only one row may have and another one has."""
    columns = model.__table__.c
    details: Details = {}
    for name, value in values.items():
        if columns[name].unique and value is not None:
            query = select(columns.id).where(columns[name] == value, columns.id != row_id)
            if session.scalar(query) is not None:
                words = name.removesuffix("_id").replace("_", " ")
                details[name] = [f"This {words} is taken already."]
    return details
