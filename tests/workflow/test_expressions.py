"""The stand-in for GitHub reads expressions as GitHub does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workflow.expressions import Functions, evaluate, insert
from tests.workflow.github import PULL_REQUEST, PUSH, RUN

FUNCTIONS: Functions = {"always": lambda: True, "join": lambda values, by: by.join(values)}
CONTEXTS = {
    "github": PULL_REQUEST,
    "matrix": {"python": "3.12"},
    "needs": {"lint": {"result": "success"}, "test": {"result": "failure"}},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("matrix.python", "3.12"),
        ("github.event_name == 'pull_request'", True),
        ("github.event_name != 'pull_request'", False),
        ("github.event.pull_request.number || github.run_id", 7),
        ("join(needs.*.result, ' ')", "success failure"),
        ("!(always() && matrix.python == '3.11')", True),
    ],
)
def test_value(expression: str, value: Any) -> None:
    """Paths, comparisons, functions."""
    assert evaluate(expression, CONTEXTS, FUNCTIONS) == value


def test_event_without_pull_request() -> None:
    """What an event lacks is empty."""
    contexts = {"github": PUSH}
    assert evaluate("github.event.pull_request.number || github.run_id", contexts, {}) == RUN
    assert insert("<${{ github.event.pull_request.number }}>", contexts, {}) == "<>"


@pytest.mark.parametrize("expression", ["matrix.pyhton", "secret.key", "unknown()"])
def test_typing_mistake(expression: str) -> None:
    """A name that GitHub would silently read as nothing is an error here."""
    with pytest.raises((KeyError, TypeError)):
        evaluate(expression, CONTEXTS, FUNCTIONS)


def test_what_is_no_expression() -> None:
    """So that a new operator has to be taught."""
    with pytest.raises(ValueError, match="not understood"):
        evaluate("matrix.python < 3", CONTEXTS, FUNCTIONS)
