"""What the API and the forms ask of a value, left out, one rule at a time."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault


def optional(source: Source) -> Iterator[Fault]:
    """Make a fault of each value that a request must have: that it may be missing."""
    for schema, field, call in taken(source):
        for keyword in call.keywords:
            if keyword.arg == "required" and ast.unparse(keyword.value) == "True":
                start, end = source.span(keyword.value)
                yield changed(source, f"{schema} may lack {field}", start, end, "False")


def unchecked(source: Source) -> Iterator[Fault]:
    """Make a fault of each rule for a value of a request: that it is not asked for."""
    for schema, field, call in taken(source):
        for keyword in call.keywords:
            if keyword.arg == "validate":
                yield from without_each(source, f"{schema}.{field}", keyword.value)


def not_given(source: Source) -> Iterator[Fault]:
    """Make a fault of each value that an answer has: that it has it not."""
    for schema in classes(source):
        if not is_strict(source, schema):
            for field, node, _ in fields(schema):
                start, end = source.lines(node)
                if source.text[start:end].startswith("    "):
                    new = "" if len(list(fields(schema))) > 1 else "    pass\n"
                    yield changed(source, f"{schema.name} lacks {field}", start, end, new)


def anything_typed(source: Source) -> Iterator[Fault]:
    """Make a fault of each rule of a form's field: that it is not asked for."""
    for form in classes(source):
        for field, _, call in fields(form):
            if len(call.args) > 1:
                yield from without_each(source, f"{form.name}.{field}", call.args[1])


def without_each(source: Source, name: str, rules: ast.expr) -> Iterator[Fault]:
    """Make a fault of each rule of a list, or of the only one."""
    listed = rules.elts if isinstance(rules, ast.List) else [rules]
    kept = [source.text[slice(*source.span(rule))] for rule in listed]
    for number, rule in enumerate(kept):
        others = ", ".join(kept[:number] + kept[number + 1 :])
        start, end = source.span(rules)
        words = " ".join(rule.split())
        yield changed(source, f"{name} need not be {words}", start, end, f"[{others}]")


def taken(source: Source) -> Iterator[tuple[str, str, ast.Call]]:
    """Return the fields of all schemas that requests are read with."""
    for schema in classes(source):
        if is_strict(source, schema):
            for field, _, call in fields(schema):
                yield schema.name, field, call


def classes(source: Source) -> list[ast.ClassDef]:
    """Return the classes of a module."""
    return [node for node in source.tree.body if isinstance(node, ast.ClassDef)]


def is_strict(source: Source, schema: ast.ClassDef) -> bool:
    """Tell whether requests are read with a schema: it descends from Strict."""
    bases = {base.id for base in schema.bases if isinstance(base, ast.Name)}
    known = {each.name: each for each in classes(source)}
    return bool(bases & {"Strict", "PageArguments"}) or any(
        is_strict(source, known[base]) for base in bases & known.keys()
    )


def fields(schema: ast.ClassDef) -> Iterator[tuple[str, ast.stmt, ast.Call]]:
    """Return the fields of a schema or a form."""
    for node in schema.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            yield ast.unparse(node.targets[0]), node, node.value
