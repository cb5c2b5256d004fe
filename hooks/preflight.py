"""Refuse an update that would lose something, before anything is touched."""

from __future__ import annotations

import re
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
HISTORY = "migrations/versions/"  # an update writes nothing there
VALUE, TAG = re.compile(r"\[=.*?=\]"), re.compile(r"\[%.*?%\]")
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
    for name in repository.undecided(project):
        yield (
            f"{name} still has a conflict of an earlier update in it: "
            f"solve it, delete any .rej file, and commit"
        )
    for name in repository.ignored(project, places(project, template / "template")):
        yield (
            f"git ignores {name}, which this template writes, so an update would write over it: "
            f"track it by `git add --force {name}`, or put it elsewhere"
        )
    answers = read(project / ANSWERS)
    document = read(template / "copier.yml")
    for name, problem in refused(answers, document, template):
        yield (
            f"{name}: this version does not take what stands in {ANSWERS}, and would put its "
            f"default in its place: {problem}; put another answer there and commit"
        )
    for name, question in document.items():
        offered = values(question)
        if offered and name in answers and answers[name] not in offered:
            yield (
                f"{name}: this version no longer offers {answers[name]!r}; "
                f"put one of these into {ANSWERS} and commit: {', '.join(map(str, offered))}"
            )


def places(project: Path, template: Path) -> list[str]:
    """List the files of the project that may be the template's, by their names."""
    names = (path.relative_to(template).as_posix() for path in template.rglob("*"))
    patterns = {TAG.sub("", VALUE.sub("*", name.removesuffix(".jinja"))) for name in names}
    found = {
        path.relative_to(project).as_posix()
        for pattern in patterns - {"*"}
        for path in project.glob(pattern)
        if path.is_file()
    }
    return sorted(name for name in found if not name.startswith(HISTORY))


def refused(
    answers: dict[str, Any], document: dict[str, Any], template: Path
) -> Iterator[tuple[str, str]]:
    """Say why stored answers would be refused; Copier takes their defaults without a word."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(template), extensions=[FILTERS], **document["_envops"]
    )
    context = answers | {"_copier_conf": {"overwrite": False}}
    for name, question in document.items():
        if name in answers and isinstance(question, dict) and "validator" in question:
            problem = environment.from_string(question["validator"]).render(context).strip()
            if problem:
                yield name, problem


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
