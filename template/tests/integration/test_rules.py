"""Rules of tables (CHECK) are compared as columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, String, Table, inspect

from app import migrate
from app.db import Model, make_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session


@pytest.fixture
def engine(scratch_url: str) -> Iterator[Engine]:
    """Return the engine of an empty database."""
    engine = make_engine(scratch_url)
    yield engine
    engine.dispose()


def shelves(*rules: str) -> MetaData:
    """Return a model with rules: each is a name and what it says."""
    models = MetaData()
    columns = [Column("id", Integer, primary_key=True), Column("stars", Integer)]
    checks = [CheckConstraint(rule.partition(": ")[2], name=rule.split(":")[0]) for rule in rules]
    Table("shelves", models, *columns, Column("kind", String(9)), *checks)
    return models


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ([], ["r: stars > 1"], ["add r"]),
        (["r: stars > 1"], [], ["remove r"]),
        (["r: stars > 1"], ["r: stars > 1"], []),
        (["r: stars BETWEEN -5 AND 5"], ["r: stars BETWEEN -5 AND 5"], []),
        (["r: stars BETWEEN -5 AND 5"], ["r: stars BETWEEN 5 AND 55"], ["remove r", "add r"]),
        (["r: kind IN ('a', 'it''s')"], ["r: kind IN ('a', 'it''s')"], []),
        (["r: kind IN ('a', 'b')"], ["r: kind IN ('a', 'c')"], ["remove r", "add r"]),
        (["r: kind IN ('a', 'b')"], ["r: kind IN ('a')"], ["remove r", "add r"]),
    ],
)
def test_a_rule_that_is_not_the_models_is_seen(
    engine: Engine, before: Sequence[str], after: Sequence[str], seen: Sequence[str]
) -> None:
    shelves(*before).create_all(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=migrate.OPTIONS)
        found = compare_metadata(context, shelves(*after))

    assert [f"{kind.removesuffix('_constraint')} {rule.name}" for kind, rule in found] == seen


def test_each_reference_is_called_as_in_the_models(db_session: Session) -> None:
    found = inspect(db_session.connection())

    for name, table in Model.metadata.tables.items():
        wanted = {rule.name for rule in table.foreign_key_constraints}
        assert {key["name"] for key in found.get_foreign_keys(name)} == wanted
