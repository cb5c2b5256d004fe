"""The answer `resources`: what the template's own macros say of it, without a run of Copier."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from copier._jinja_ext import SandboxedEnvironment
from jinja2 import FileSystemLoader

from tests.support.combinations import document, questions
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from jinja2 import Template

EXTENSIONS = ("jinja2_ansible_filters.AnsibleCoreFiltersExtension",)
READ = """
[%- from "includes/resources/reading.jinja" import problem_of_text -%]
[%- set found = {} %][% set _ = problem_of_text(text, found) -%]
[= found | to_json =]
"""
DEFAULT = str(questions()["resources"]["default"])


def problem_of(resources: str, **context: Any) -> str:
    """Return what the validator of the question says of an answer."""
    answers = {"auth": "both", "database": "sqlite", "_copier_conf": {"overwrite": False}}
    return validator().render(answers | context | {"resources": resources}).strip()


def problem_of_update(before: str, after: str, **context: Any) -> str:
    """Return what the validator says of an answer in a project that had another one."""
    last = {"auth": "both", "resources": before}
    return problem_of(
        after,
        **{
            "ci": "none",
            "_copier_conf": {"dst_path": "project", "overwrite": True},
            "_external_data": {"last": last},
            **context,
        },
    )


def read(resources: str) -> str:
    """Return as JSON what the validator reads in an answer."""
    return reader().render(text=resources)


def reserved(name: str) -> set[str]:
    """Return the words of a list of reserved words."""
    folder = ROOT / "includes" / "resources" / "reserved"
    return set((folder / f"{name}.txt").read_text(encoding="utf-8").split())


@cache
def tags() -> SandboxedEnvironment:
    """Return the environment in which Copier renders the template."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(ROOT), extensions=EXTENSIONS, **document()["_envops"]
    )


@cache
def validator() -> Template:
    """Return the validator of the question."""
    return tags().from_string(questions()["resources"]["validator"])


@cache
def reader() -> Template:
    """Return what reads an answer."""
    return tags().from_string(READ)
