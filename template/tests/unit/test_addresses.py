"""The suite empties its database, so it must be sure that it is one for tests."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from tests.addresses import beside, problem_of

SERVER = ("postgresql",)


@pytest.mark.parametrize("name", ["test", "shop_test", "test-shop", "Test", "product_tests"])
def test_a_test_database_is_taken(name: str) -> None:
    assert problem_of(f"postgresql://localhost/{name}", SERVER) is None


@pytest.mark.parametrize("name", ["shop", "latest", "contest", "attestations", "production"])
def test_any_other_is_refused_by_name(name: str) -> None:
    assert problem_of(f"postgresql://localhost/{name}", SERVER) == (
        f"Refusing the database '{name}': the name of a test database has 'test' in it."
    )


@pytest.mark.parametrize("name", ["test_production", "prod-test", "Live_test", "staging_test"])
def test_one_that_may_be_in_use_is_refused_whatever_else_it_says(name: str) -> None:
    assert "is no word for a test database" in str(problem_of(f"postgresql:///{name}", SERVER))


def test_a_file_is_judged_by_its_own_name() -> None:
    assert problem_of("sqlite:////srv/test/shop.db", ("sqlite",))
    assert problem_of("sqlite:////srv/shop/test.db", ("sqlite",)) is None


@pytest.mark.parametrize("address", ["postgresql://localhost", "postgresql://localhost/"])
def test_a_server_is_no_database(address: str) -> None:
    assert problem_of(address, SERVER) == (
        "TEST_DATABASE_URL names no database; one for tests has 'test' in its name."
    )


@pytest.mark.parametrize("address", ["", "shop_test", "://test"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert problem_of(address, SERVER) == "TEST_DATABASE_URL is not the address of a database."


def test_another_kind_of_database_is_refused() -> None:
    assert problem_of("mysql://localhost/test", SERVER) == (
        "TEST_DATABASE_URL is of mysql, but the app's database is postgresql."
    )


def test_a_name_that_a_server_would_cut_is_refused() -> None:
    assert problem_of(f"postgresql:///test_{'x' * 35}", SERVER) is None
    assert "more than 40 characters" in str(problem_of(f"postgresql:///test_{'x' * 36}", SERVER))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://u:p@db:5432/shop_test", "postgresql://u:p@db:5432/shop_test_gw1"),
        ("sqlite:////srv/shop_test.db", "sqlite:////srv/shop_test_gw1.db"),
    ],
)
def test_each_process_has_its_own(address: str, expected: str) -> None:
    url = beside(make_url(address), "gw1")

    assert url.render_as_string(hide_password=False) == expected
