"""What views do, left out: one commit, one message, one look at the owner at a time."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

NAMED = (ast.FunctionDef, ast.ClassDef)
COMMIT, SEND = ".commit()", "mail.send("
HASTE = re.compile(r"(db\.session\(\)\.commit\(\))(\n +)(mail\.send\(letter\))")
LOOK = re.compile(r"= changeable\((\w+)\)|, changeable\((\w+)\)\)")


def uncommitted(source: Source) -> Iterator[Fault]:
    """Make a fault of each commit: that what was done is only flushed."""
    for function, node in statements(source):
        start, end = source.span(node)
        if source.text[start:end].endswith(COMMIT):
            name = f"{function} does not commit"
            yield changed(source, name, end - len(COMMIT), end, ".flush()")


def silent(source: Source) -> Iterator[Fault]:
    """Make a fault of each message of a page: that it is not given."""
    for function, node in statements(source):
        start, end = source.span(node)
        if source.text.startswith("flash(", start):
            said = source.text[slice(*source.span(node.args[0]))]
            yield changed(source, f"{function} does not say {said}", start, end, "str()")


def unsent(source: Source) -> Iterator[Fault]:
    """Make a fault of each letter: that it is not sent."""
    for function, node in statements(source):
        start, end = source.span(node)
        if source.text.startswith(SEND, start):
            yield changed(source, f"{function} sends no letter", start, end, "str(letter)")


def hasty(source: Source) -> Iterator[Fault]:
    """Make a fault of each letter: that it is sent before what it tells is committed."""
    for function in functions(source):
        start, end = source.span(function)
        for place in HASTE.finditer(source.text, start, end):
            new = f"{place[3]}{place[2]}{place[1]}"
            name = f"{function.name} sends its letter before it commits"
            yield changed(source, name, *place.span(), new)


def unowned(source: Source) -> Iterator[Fault]:
    """Make a fault of each view that changes what is its user's: that it changes anybody's."""
    slice_of = re.search(r"service\.get_own_(\w+)", source.text)
    if slice_of is None:
        return
    for function in functions(source):
        start, end = source.span(function)
        for place in LOOK.finditer(source.text, start, end):
            row_id = place[1] or place[2]
            own = f"changeable({row_id})"
            begin = source.text.index(own, place.start())
            anybody = f"service.get_{slice_of[1]}(db.session(), {row_id})"
            name = f"{function.name} asks for no owner"
            yield changed(source, name, begin, begin + len(own), anybody)


def fine(source: Source) -> Iterator[Fault]:
    """Make a fault of each answer of a page that says 422: that it says 200."""
    for function in functions(source):
        start, end = source.span(function)
        for place in re.finditer(r", 422\n", source.text[start:end]):
            begin = start + place.start() + 2
            yield changed(source, f"{function.name} refuses with 200", begin, begin + 3, "200")


def functions(source: Source) -> Iterator[ast.FunctionDef]:
    """Return the functions of a module."""
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node


def statements(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Return the calls that stand alone in each function of a module."""
    for function in functions(source):
        for node in ast.walk(function):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                yield function.name, node.value


def unrefused(source: Source) -> Iterator[Fault]:
    """Make a fault of each refusal: that nothing is refused."""
    for function, node in branches(source.tree, ""):
        if isinstance(node.body[-1], ast.Raise):
            start, end = source.span(node.test)
            test = source.text[start:end]
            words = " ".join(test.split())
            name = f"{function} does not refuse if {words}"
            yield changed(source, name, start, end, f"False and ({test})")


def branches(tree: ast.AST, name: str) -> Iterator[tuple[str, ast.If]]:
    """Return the branches of all functions, each with the name of its function."""
    for node in ast.iter_child_nodes(tree):
        inner = f"{name}.{node.name}".lstrip(".") if isinstance(node, NAMED) else name
        if isinstance(node, ast.If):
            yield name, node
        yield from branches(node, inner)
