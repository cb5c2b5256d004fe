"""The suite empties its database, so it must be sure that it is one for tests."""

from __future__ import annotations

import pytest

from tests.databases import beside, problem_of


@pytest.mark.parametrize("name", ["test", "shop_test", "test-shop", "Test", "shop_tests"])
def test_a_test_database_is_taken(name: str) -> None:
    assert problem_of(f"postgresql://localhost/{name}") is None


@pytest.mark.parametrize("name", ["shop", "latest", "contest", "attestations", "production"])
def test_any_other_is_refused_by_name(name: str) -> None:
    assert problem_of(f"postgresql://localhost/{name}") == (
        f"Refusing the database '{name}': the name of a test database has 'test' in it."
    )


def test_a_file_is_judged_by_its_own_name() -> None:
    assert problem_of("sqlite:////srv/test/shop.db")
    assert problem_of("sqlite:////srv/shop/test.db") is None


@pytest.mark.parametrize("address", ["", "shop_test", "://test"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert problem_of(address) == "TEST_DATABASE_URL is not the address of a database."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://u:p@db:5432/shop_test", "postgresql://u:p@db:5432/shop_test_gw1"),
        ("sqlite:////srv/shop_test.db", "sqlite:////srv/shop_test_gw1.db"),
        ("sqlite://", "sqlite://"),
    ],
)
def test_each_process_has_its_own(address: str, expected: str) -> None:
    assert beside(address, "gw1").render_as_string(hide_password=False) == expected
