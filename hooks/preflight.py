"""Refuse an update that would lose something, before anything is touched."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.dont_write_bytecode = True

import repository  # noqa: E402
import watch  # noqa: E402
import yaml  # noqa: E402
from jinja2 import FileSystemLoader  # noqa: E402
from jinja2.sandbox import SandboxedEnvironment  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = ".copier-answers.yml"
FILTERS = "jinja2_ansible_filters.AnsibleCoreFiltersExtension"
# Both are safe; that in C takes a tenth of the time, and is not in every build.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEMPLATE = Path(__file__).resolve().parent.parent


def problems(project: Path, template: Path) -> Iterator[str]:
    """Say why the project cannot be updated to this version of the template."""
    if not repository.tracks(project, ANSWERS):
        yield (
            f"git does not track {ANSWERS}, so an update could lose your work: "
            f"commit the project first (and see that no parent repository ignores it)"
        )
        return
    answers = read(project / ANSWERS)
    document = read(template / "copier.yml")
    if problem := problem_of_resources(answers, document, template):
        yield (
            f"this version does not take the resources in {ANSWERS}, and would put posts in "
            f"their place: {problem}"
        )
    for name, question in document.items():
        offered = values(question)
        if offered and name in answers and answers[name] not in offered:
            yield (
                f"{name}: this version no longer offers {answers[name]!r}; "
                f"put one of these into {ANSWERS} and commit: {', '.join(map(str, offered))}"
            )


def problem_of_resources(answers: dict[str, Any], document: dict[str, Any], template: Path) -> str:
    """Return why the stored resources would be refused; Copier takes the default without a word."""
    if not {"resources"} <= answers.keys() & document.keys():
        return ""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(template), extensions=[FILTERS], **document["_envops"]
    )
    validator = environment.from_string(document["resources"]["validator"])
    return validator.render(answers | {"_copier_conf": {"overwrite": False}}).strip()


def values(question: object) -> list[object]:
    """Return the values among which a question lets choose, none if it is free."""
    choices = question.get("choices") if isinstance(question, dict) else None
    if isinstance(choices, dict):
        choices = list(choices.values())
    if not isinstance(choices, list):
        return []
    return [choice["value"] if isinstance(choice, dict) else choice for choice in choices]


def read(path: Path) -> dict[str, Any]:
    """Read a YAML mapping."""
    document = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    return document if isinstance(document, dict) else {}


def main() -> int:
    """Print one line for each reason against the update."""
    found = list(problems(Path.cwd(), TEMPLATE))
    for problem in found:
        print(f"Not updated: {problem}.", file=sys.stderr)
    if found:
        return 1
    watch.begin(Path.cwd())
    return 0


if __name__ == "__main__":
    sys.exit(main())
