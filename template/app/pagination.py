"""Lists, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import func, select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import DeclarativeBase, Session

PER_PAGE = 20
MAX_PER_PAGE = 100
# Far beyond any list, and still small enough for every database's OFFSET.
MAX_PAGE = 1_000_000
PAGES = range(1, MAX_PAGE + 1)
LONGEST = len(str(MAX_PAGE))

NEWEST = "-created_at"

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a list, counted from 1."""

    items: Sequence[T]
    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.per_page)

    @property
    def has_prev(self) -> bool:
        """Whether a page comes before this one."""
        return self.page > 1

    @property
    def has_next(self) -> bool:
        """Whether a page comes after this one."""
        return self.page < self.pages


def paginate(session: Session, query: Select[T], page: int, per_page: int) -> Page[T]:
    """Return a page of what the query finds; the query says the order."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    items = session.scalars(query.limit(per_page).offset((page - 1) * per_page)).all()
    return Page(items, page, per_page, total)


def ordering(model: type[DeclarativeBase], sort: str) -> list[ColumnElement[Any]]:
    """Return the order by a column, downwards after a "-".

    The id decides between equals; rows without a value come last.
    """
    columns = model.__table__.c
    column = columns[sort.removeprefix("-")]
    order = [column.is_(None)] if column.nullable else []
    if sort.startswith("-"):
        return [*order, column.desc(), columns.id.desc()]
    return [*order, column, columns.id]


def page_number(text: str | None) -> int:
    """Return the page that a query string asks for, the first where it makes no sense."""
    if text and text.isascii() and text.isdecimal() and len(text) <= LONGEST and int(text) in PAGES:
        return int(text)
    return 1
