"""What the tests of faults share: projects that are rendered once, and a bench for each worker."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.faults.answers import DEFAULT
from tests.faults.bench import Bench
from tests.faults.catalogue import cases
from tests.faults.projects import SHARED, project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet

    from tests.faults.catalogue import Case


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a fault be chosen by its name."""
    parser.addoption("--fault", metavar="NAME", help="try only faults whose names contain this")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the projects, before any worker starts."""
    if SHARED not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="evergreen-faults-")
        os.environ[SHARED] = folder.name
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(partial(os.environ.__delitem__, SHARED))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each fault under each of its answers; the usual run tries it under one of them."""
    if "case" in metafunc.fixturenames:
        options = metafunc.config.option
        # A run of what is quick has no time to render projects and read faults off them.
        found = [] if options.markexpr == "quick" else cases()
        wanted = options.fault or ""
        named = [case for case in found if wanted.lower() in str(case).lower()]
        if wanted and not named:
            raise pytest.UsageError(f"no fault is called {wanted}")
        metafunc.parametrize("case", [parameter(case, named=bool(wanted)) for case in named])


def parameter(case: Case, *, named: bool) -> ParameterSet:
    """Name a case; one that is neither drawn nor named is left to the exhaustive run."""
    marks = () if case.sampled or named else pytest.mark.exhaustive
    return pytest.param(case, id=str(case), marks=marks)


@pytest.fixture(scope="session")
def bench(python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Return where this worker tries faults out."""
    with Bench(python, tmp_path_factory.mktemp("bench"), project(DEFAULT)) as found:
        yield found
