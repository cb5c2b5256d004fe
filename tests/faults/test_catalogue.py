"""The faults themselves: how many, of what, and that each of them still applies."""

from __future__ import annotations

import pytest

from tests.faults.answers import ANSWERS, DEFAULT, POSTS
from tests.faults.catalogue import cases
from tests.faults.nearest import groups
from tests.faults.projects import project


def test_there_are_faults_of_every_kind() -> None:
    """An empty list would prove nothing."""
    found = cases()
    names = {case.fault.name for case in found}
    sampled = [case.fault.name for case in found if case.sampled]

    assert len(names) >= 700
    assert {case.answers for case in found} == set(ANSWERS)
    assert len({str(case) for case in found}) == len(found)
    assert len(set(sampled)) == len(sampled)
    # By lot: about seventy, and less than half of that in no lifetime.
    assert len(sampled) >= 35


def test_every_decorator_of_a_view_can_be_gone() -> None:
    """An empty list would prove nothing."""
    found = [case for case in cases() if " without @" in case.fault.name]

    # Where there are pages alone and nobody logs in, no view has a second decorator.
    assert {case.answers for case in found} == {*POSTS} - {"pages-none"}
    assert len({case.fault.name for case in found}) >= 100


@pytest.mark.parametrize("answers", ANSWERS)
def test_each_fault_applies(answers: str) -> None:
    """What it changes stands there, once: the code has not gone on without it."""
    place = project(answers)

    for case in cases():
        if case.answers == answers:
            assert case.fault.changed(place), case


@pytest.mark.parametrize("file", ["app/posts/api.py", "app/config.py", "app/templates/home.html"])
def test_the_nearest_tests_run_first_and_then_all(file: str) -> None:
    """A fault is green only when the whole suite is."""
    place = project(DEFAULT)
    listed = [each for group in groups(place, [file]) for each in group]

    assert sorted(listed) == sorted(
        path.relative_to(place).as_posix() for path in place.glob("tests/**/test_*.py")
    )


def test_the_nearest_tests_are_those_of_the_feature() -> None:
    """What is of the API of posts is tried by the tests of the API of posts."""
    first, *_ = groups(project(DEFAULT), ["app/posts/api.py"])

    assert {file.rpartition("/")[0] for file in first} == {"tests/integration/posts"}
    assert all("test_api" in file for file in first)
