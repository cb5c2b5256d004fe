"""What is read from the environment, and what production refuses."""

from __future__ import annotations

import inspect
import os
import re
from pathlib import Path
from typing import Any

import pytest

from app import config, create_app
from app.config import Config, ConfigError, DevelopmentConfig, ProductionConfig, flaw_of, load
from tests.environment import SETTINGS

STRONG = "n5Vq0ZkT7hY2rLxW9cBdE4mGpJ8sUaFv"
SECRETS = [name for name in load("testing") if name.endswith("SECRET_KEY")]
PRODUCTION = {
    **{name: f"{name[:3]}{STRONG}" for name in SECRETS},
    "DATABASE_URL": load("testing")["DATABASE_URL"],
    "TRUSTED_HOSTS": "example.com, www.example.com",
}
PLACEHOLDERS = [
    "change-me",
    "the default",
    "for development",
    "example",
    "my password",
    "placeholder",
    "a secret",
    "your-key",
]
READ = re.compile(r'environ\.get\("(\w+)"')
ASKED = re.compile(r'\b(?:os\.environ(?:\.get)?|getenv)[\[(]\s*"(\w+)"')
TEXTS = {"DATABASE_URL", "JWT_SECRET_KEY", "MAIL_SENDER", "MAIL_URL", "REDIS_URL", "SECRET_KEY"}


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return what sets variables for one test."""
    return monkeypatch


@pytest.fixture
def production(environ: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Set all that production needs; return what changes it for one test."""
    for name, value in PRODUCTION.items():
        environ.setenv(name, value)
    return environ


def test_without_a_word_it_is_development() -> None:
    assert load()["DEBUG"] is True


def test_the_environment_is_read_at_the_call(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("LOG_LEVEL", "warning")
    assert load()["LOG_LEVEL"] == "WARNING"

    environ.setenv("LOG_LEVEL", "error")
    assert load()["LOG_LEVEL"] == "ERROR"


@pytest.mark.parametrize("name", sorted(TEXTS & load("testing").keys()))
@pytest.mark.parametrize("kind", [DevelopmentConfig, ProductionConfig])
def test_a_setting_is_what_the_variable_of_its_name_says(kind: type[Config], name: str) -> None:
    assert getattr(kind({name: "said"}), name) == "said"


def test_tests_have_a_database_of_their_own() -> None:
    said = {"DATABASE_URL": "of the app", "TEST_DATABASE_URL": "of the tests"}

    assert config.TestingConfig(said).DATABASE_URL == "of the tests"


def test_app_env_names_the_configuration(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("APP_ENV", "testing")

    assert load()["TESTING"] is True


@pytest.mark.parametrize("name", ["staging", "Production", "  "])
def test_a_name_that_there_is_not_is_refused(environ: pytest.MonkeyPatch, name: str) -> None:
    environ.setenv("APP_ENV", name)

    with pytest.raises(ConfigError, match="there are development, testing, production"):
        load()


def test_a_class_can_be_given() -> None:
    class Own(DevelopmentConfig):
        APP_NAME = "Own"

    assert load(Own)["APP_NAME"] == "Own"


@pytest.mark.parametrize("wrong", [object, 7, ["testing"]])
def test_anything_else_is_refused(wrong: Any) -> None:
    with pytest.raises(ConfigError, match="no configuration is called"):
        load(wrong)


def test_overrides_lie_over_the_environments_configuration(environ: pytest.MonkeyPatch) -> None:
    environ.setenv("SECRET_KEY", "of the shell")

    settings = load({"APP_NAME": "Mine"})

    assert (settings["APP_NAME"], settings["SECRET_KEY"]) == ("Mine", "of the shell")


def test_the_shell_changes_nothing_in_tests(environ: pytest.MonkeyPatch) -> None:
    expected = load({"TESTING": True})
    for name in SETTINGS:
        environ.setenv(name, "hostile")

    assert load({"TESTING": True}) == expected


def test_the_suite_forgets_every_setting_of_the_shell() -> None:
    read = set(READ.findall(inspect.getsource(config)))

    assert len(read) > 5
    assert read - {"TEST_DATABASE_URL"} <= SETTINGS
    assert not SETTINGS & os.environ.keys()


def test_only_what_is_given_is_read() -> None:
    """What asks the shell itself cannot be forgotten by the suite."""
    files = Path(config.__file__).parent.rglob("*.py")
    asked = {name for file in files for name in ASKED.findall(file.read_text(encoding="utf-8"))}

    assert asked == {"APP_ENV"}


def test_production_starts_with_all_it_needs(production: pytest.MonkeyPatch) -> None:
    production.setenv("PROXY_HOPS", "2")

    settings = load("production")

    assert settings["TRUSTED_HOSTS"] == ["example.com", "www.example.com"]
    assert settings["PROXY_HOPS"] == 2
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["LOG_JSON"] is True


@pytest.mark.parametrize("name", PRODUCTION)
@pytest.mark.parametrize("how", ["missing", "empty"])
def test_production_names_what_is_missing(
    production: pytest.MonkeyPatch, name: str, how: str
) -> None:
    if how == "missing":
        production.delenv(name)
    else:
        production.setenv(name, "")

    with pytest.raises(ConfigError, match=rf"refuses to start: {name} is missing$"):
        load("production")


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("weak", ["change-me", "short", "a" * 64])
def test_production_names_a_weak_secret(
    production: pytest.MonkeyPatch, name: str, weak: str
) -> None:
    production.setenv(name, weak)

    with pytest.raises(ConfigError, match=rf"refuses to start: {name} is"):
        load("production")


def test_an_app_does_not_start_on_a_weak_secret(production: pytest.MonkeyPatch) -> None:
    production.setenv("SECRET_KEY", "change-me")

    with pytest.raises(ConfigError, match="SECRET_KEY is a placeholder"):
        create_app("production")


def test_production_does_not_debug(production: pytest.MonkeyPatch) -> None:
    production.setenv("FLASK_DEBUG", "1")

    assert create_app("production").debug is False


@pytest.mark.parametrize("name", ["DEBUG", "TESTING"])
def test_production_refuses_to_debug(production: pytest.MonkeyPatch, name: str) -> None:
    production.setenv("APP_ENV", "production")

    class Careless(ProductionConfig):
        pass

    setattr(Careless, name, True)
    with pytest.raises(ConfigError, match="DEBUG and TESTING must be off"):
        load(Careless)


@pytest.mark.parametrize(
    "overrides", [{"DEBUG": True}, {"SECRET_KEY": "change-me"}, {"TRUSTED_HOSTS": []}]
)
def test_what_lies_over_it_is_judged_too(
    production: pytest.MonkeyPatch, overrides: dict[str, Any]
) -> None:
    production.setenv("APP_ENV", "production")

    with pytest.raises(ConfigError, match="ProductionConfig refuses to start"):
        load(overrides)


def test_no_proxy_is_there_unless_it_is_said() -> None:
    assert ProductionConfig({}).PROXY_HOPS == 0


@pytest.mark.parametrize("hops", ["one", "-1", "1.5"])
def test_hops_must_be_a_number(production: pytest.MonkeyPatch, hops: str) -> None:
    production.setenv("PROXY_HOPS", hops)

    with pytest.raises(ConfigError, match="PROXY_HOPS must be a number"):
        load("production")


@pytest.mark.parametrize(
    ("secret", "flaw"),
    [
        ("", "is missing"),
        (STRONG[:31], "is shorter than 32 characters"),
        ("abcabcab" * 4, "is too simple"),
        (STRONG, None),
    ],
)
def test_secrets_are_judged(secret: str, flaw: str | None) -> None:
    assert flaw_of(secret) == flaw


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_a_word_of_examples_makes_it_a_placeholder(word: str) -> None:
    assert flaw_of(f"{STRONG} {word}") == "is a placeholder"
    assert flaw_of(f"{word.upper()} {STRONG}") == "is a placeholder"


def test_outside_production_nothing_is_demanded() -> None:
    assert Config.problems({}) == []
