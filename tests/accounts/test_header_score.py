"""Pages in production are graded as the best are, by Mozilla's published rules."""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING, Any

import pytest

from tests.accounts.observatory import modifiers, score
from tests.accounts.serving import ask, make_tables, served, settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Render

AT_LEAST = 115
# Each project, and the pages that anybody sees in it.
PROJECTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "both": ({}, ["/", "/login", "/register", "/posts", "/api/v1/docs", "/nothing"]),
    "pages": ({"interface": "pages"}, ["/", "/login", "/register", "/posts"]),
    "api": ({"interface": "api"}, ["/api/v1/docs", "/api/v1/openapi.json", "/nothing"]),
    "without accounts": ({"auth": "none"}, ["/", "/posts", "/posts/new", "/api/v1/docs"]),
}


def headers_of(**given: str) -> Message:
    """Make the headers of an answer; a name is written with underlines."""
    message = Message()
    for name, text in given.items():
        message[name.replace("_", "-")] = text
    return message


@pytest.mark.parametrize(("answers", "paths"), PROJECTS.values(), ids=PROJECTS.keys())
def test_every_page_in_production_scores_high(
    answers: dict[str, Any],
    paths: list[str],
    render_project: Render,
    python: Path,
    tmp_path: Path,
) -> None:
    """Cookies and scripts of each page count too."""
    project, environ = render_project(answers), settings(tmp_path)
    make_tables(python, project, environ)
    with served(python, project, tmp_path / "output", environ) as port:
        found = {path: ask(port, "GET", path) for path in paths}
    scores = {path: score(headers, page) for path, (_, headers, page) in found.items()}
    assert all(points >= AT_LEAST for points in scores.values()), scores
    assert {status for status, _, _ in found.values()} <= {200, 404}


def test_nothing_at_all_scores_low() -> None:
    """The rules take away for what is missing, and there are no bonuses then."""
    assert score(headers_of(Referrer_Policy="no-referrer"), "") == 30


@pytest.mark.parametrize(
    ("policy", "points"),
    [
        ("default-src 'none'", 10),
        ("default-src 'none'; script-src 'self'; style-src 'self'", 10),
        ("default-src 'self'", 5),
        ("default-src 'self'; style-src 'unsafe-inline'", 0),
        ("default-src 'self'; img-src http://cdn.example", -10),
        ("default-src 'self'; script-src 'unsafe-eval'", -10),
        ("default-src 'self'; connect-src http://api.example", -20),
        ("default-src 'self' 'unsafe-inline'", -20),
        ("script-src 'self'", -20),
        ("img-src 'self'", -20),
        ("", -25),
    ],
)
def test_a_policy_of_contents_is_judged_by_the_worst_that_it_allows(
    policy: str, points: int
) -> None:
    """As the rules say."""
    found = modifiers(headers_of(Content_Security_Policy=policy), "")
    assert found["content-security-policy"] == points


@pytest.mark.parametrize(
    ("cookie", "points"),
    [
        ("session=1; Secure; HttpOnly; SameSite=Lax", 5),
        ("session=1; Secure; HttpOnly", 0),
        ("session=1; Secure; SameSite=Lax", -30),
        ("session=1; HttpOnly; SameSite=Lax", -40),
        ("colour=1; SameSite=Lax", -20),
        ("colour=1; Secure; SameSite=Always", -20),
    ],
)
def test_a_cookie_is_judged_by_the_worst_of_its_flags(cookie: str, points: int) -> None:
    """Where nothing demands HTTPS."""
    assert modifiers(headers_of(Set_Cookie=cookie), "")["cookies"] == points


@pytest.mark.parametrize(
    ("name", "text", "points"),
    [
        ("Strict-Transport-Security", "max-age=63072000", 0),
        ("Strict-Transport-Security", "max-age=3600", -10),
        ("Referrer-Policy", "unsafe-url", -5),
        ("X-Content-Type-Options", "nosniff, nosniff", -5),
        ("X-Frame-Options", "DENY", 0),
        ("X-Frame-Options", "ALLOWALL", -20),
        ("Cross-Origin-Resource-Policy", "same-origin", 10),
        ("Cross-Origin-Resource-Policy", "everybody", -5),
    ],
)
def test_a_header_is_judged_by_its_value(name: str, text: str, points: int) -> None:
    """A wrong one is no better than none."""
    assert modifiers(headers_of(**{name: text}), "")[name.lower()] == points


@pytest.mark.parametrize(
    ("page", "points"),
    [
        ('<script src="/own.js"></script>', 0),
        ('<script src="https://cdn.example/a.js"></script>', -5),
        ('<script integrity="sha384-x" src="https://cdn.example/a.js"></script>', 0),
        ('<script src="//cdn.example/a.js"></script>', -50),
    ],
)
def test_scripts_of_others_must_be_those_that_were_meant(page: str, points: int) -> None:
    """By a hash of what they are."""
    assert modifiers(headers_of(), page)["subresource-integrity"] == points
