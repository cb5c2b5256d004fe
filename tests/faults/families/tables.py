"""What stands in a table of the code, left out or changed, one entry at a time."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

TABLES = {"CODES", "MESSAGES", "HEADERS", "HSTS"}
DIRECTIVE = re.compile(r"(default-src|base-uri|form-action|frame-ancestors|object-src) '\w+'(; )?")


def no_entry(source: Source) -> Iterator[Fault]:
    """Make a fault of each entry of a table: that it is not there."""
    for node in source.tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict):
            table = ast.unparse(node.targets[0])
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if table in TABLES and key is not None and not named(source, table, key):
                    start, end = source.span(key)[0], source.span(value)[1]
                    # A value in parentheses begins before its own text.
                    end = source.text.find("\n    ),", end, end + 8) + 7 if parts(value) else end
                    end += source.text[end : end + 1] == ","
                    name = f"{table} lacks {ast.unparse(key)}"
                    yield changed(source, name, start, end, "")


def named(source: Source, table: str, key: ast.expr) -> bool:
    """Tell whether an entry is asked for while its module is imported: without it nothing runs."""
    return f"{table}[{ast.unparse(key)}]" in source.text


def parts(value: ast.expr) -> bool:
    """Tell whether a text is written in several lines."""
    return value.lineno != value.end_lineno


def no_directive(source: Source) -> Iterator[Fault]:
    """Make a fault of each directive of the content's policy: that it is not there."""
    for place in DIRECTIVE.finditer(source.text):
        yield changed(source, f"the policy lacks {place[1]}", *place.span(), "")


def other_status(source: Source) -> Iterator[Fault]:
    """Make a fault of each error's status: that it is another one."""
    for node in source.tree.body:
        for attribute in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(attribute, ast.Assign) and ast.unparse(attribute.targets[0]) == "status":
                start, end = source.span(attribute.value)
                assert isinstance(node, ast.ClassDef)
                yield changed(source, f"{node.name} has another status", start, end, "418")
