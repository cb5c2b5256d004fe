"""Any expression and any statement of a module, changed a little or left out, one at a time.

They are too many for each run, and no test can tell some of them: `benchmarks/expressions.py` draws
from them and prints those that stay green, for somebody to read.
"""

from __future__ import annotations

import ast
from itertools import chain
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

# Where it begins and ends, and what is there instead.
Place = tuple[int, int, str]
OTHER: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
SHOWN = 70  # characters of what is changed, in the name of a fault


def small(source: Source) -> Iterator[Fault]:
    """Make a fault of each small change after which the module can still be read."""
    for node in alive(source):
        for start, end, new in chain.from_iterable(kind(source, node) for kind in KINDS):
            text = f"{source.text[:start]}{new}{source.text[end:]}"
            if text != source.text and parses(text):
                line = source.text.count("\n", 0, start) + 1
                old = " ".join(source.text[start:end].split())[:SHOWN]
                instead = f"is {' '.join(new.split())[:SHOWN]}" if new else "is left out"
                yield changed(source, f"line {line}, {old} {instead}", start, end, new)


def parses(text: str) -> bool:
    """Tell whether it is a module."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def alive(source: Source) -> Iterator[ast.AST]:
    """Return the nodes that run: no imports, docstrings and annotations."""
    waiting: list[ast.AST] = [source.tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [child for child in ast.iter_child_nodes(node) if runs(node, child)]


def runs(parent: ast.AST, node: ast.AST) -> bool:
    """Tell whether what is below a node runs."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return False
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return False
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return False
    return node not in {getattr(parent, "annotation", None), getattr(parent, "returns", None)}


def said(source: Source, node: ast.expr) -> str:
    """Return the text of a node."""
    return source.text[slice(*source.span(node))]


def after(source: Source, end: int) -> int:
    """Return the end of an element with the comma that may follow it."""
    rest = source.text[end:]
    return end + len(rest) - len(rest.lstrip()) + 1 if rest.lstrip().startswith(",") else end


def left_out(source: Source, node: ast.AST) -> Iterator[Place]:
    """Return what a statement or a function can do without."""
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            for decorator in node.decorator_list:
                yield *source.lines(decorator), ""
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            return
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield *source.span(node), "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield *source.span(node), "pass"


def otherwise(source: Source, node: ast.AST) -> Iterator[Place]:
    """Return what can be decided otherwise."""
    match node:
        case ast.If() | ast.IfExp():
            for way in ("False", "True"):
                yield *source.span(node.test), way
        case ast.comprehension():
            for condition in node.ifs:
                yield *source.span(condition), "True"
        case ast.BoolOp():
            for value in node.values:
                others = [f"({said(source, other)})" for other in node.values if other is not value]
                word = " and " if isinstance(node.op, ast.And) else " or "
                yield *source.span(node), f"({word.join(others)})"


def other_values(source: Source, node: ast.AST) -> Iterator[Place]:
    """Return what can have another value."""
    match node:
        case ast.UnaryOp(op=ast.Not()):
            yield *source.span(node), f"bool({said(source, node.operand)})"
        case ast.Compare(ops=[operator], comparators=[right]):
            other = OTHER[type(operator)]
            new = f"({said(source, node.left)} {other} {said(source, right)})"
            yield *source.span(node), new
        case ast.Constant(value=bool()):
            yield *source.span(node), str(not node.value)
        case ast.Constant(value=int() | float()):
            yield *source.span(node), f"{said(source, node)} + 1"


def without_a_part(source: Source, node: ast.AST) -> Iterator[Place]:
    """Return what can have one argument, element or entry less."""
    match node:
        case ast.Call():
            for keyword in node.keywords:
                if keyword.arg:
                    start = source.offset(keyword.lineno, keyword.col_offset)
                    yield start, after(source, source.span(keyword.value)[1]), ""
        case ast.Tuple(ctx=ast.Load()) | ast.List(ctx=ast.Load()) | ast.Set():
            for element in node.elts:
                start, end = source.span(element)
                yield start, after(source, end), ""
        case ast.Dict():
            for key, value in zip(node.keys, node.values, strict=True):
                if key:
                    yield source.span(key)[0], after(source, source.span(value)[1]), ""


KINDS = (left_out, otherwise, other_values, without_a_part)
