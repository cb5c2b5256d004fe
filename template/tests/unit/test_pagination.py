"""Lists, a page at a time."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase

from app.pagination import MAX_PAGE, Page, ordering, page_number


class Base(DeclarativeBase):
    """What the table of these tests belongs to, apart from the app's."""


class Runner(Base):
    """Somebody who may not have arrived yet."""

    __tablename__ = "runners"

    id = Column(Integer, primary_key=True)
    number = Column(Integer, nullable=False)
    seconds = Column(Integer)


@pytest.mark.parametrize(
    ("page", "total", "pages", "has_prev", "has_next"),
    [
        (1, 0, 0, False, False),
        (1, 1, 1, False, False),
        (1, 10, 1, False, False),
        (1, 11, 2, False, True),
        (2, 11, 2, True, False),
        (2, 30, 3, True, True),
        (9, 11, 2, True, False),
    ],
)
def test_a_page_knows_where_it_stands(
    page: int, total: int, pages: int, *, has_prev: bool, has_next: bool
) -> None:
    found = Page[str]([], page, 10, total)

    assert (found.pages, found.has_prev, found.has_next) == (pages, has_prev, has_next)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("42", 42),
        (str(MAX_PAGE), MAX_PAGE),
        (str(MAX_PAGE + 1), 1),
        ("9" * 5000, 1),
        ("0", 1),
        ("-1", 1),
        ("two", 1),
        ("²", 1),
        ("٣", 1),
        ("00000042", 1),
        ("", 1),
        (None, 1),
    ],
)
def test_a_query_names_a_page(text: str | None, number: int) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("sort", "clauses"),
    [
        ("number", ["runners.number", "runners.id"]),
        ("-number", ["runners.number DESC", "runners.id DESC"]),
        ("seconds", ["runners.seconds IS NULL", "runners.seconds", "runners.id"]),
        ("-seconds", ["runners.seconds IS NULL", "runners.seconds DESC", "runners.id DESC"]),
    ],
)
def test_rows_without_a_value_come_last(sort: str, clauses: list[str]) -> None:
    assert [str(each) for each in ordering(Runner, sort)] == clauses
