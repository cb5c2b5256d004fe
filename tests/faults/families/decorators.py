"""What stands over a view, taken away or weakened, one view at a time."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.faults.families.reading import Source, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.fault import Fault

ROUTES = {"get", "post", "put", "patch", "delete", "route"}
STATUS = re.compile(r"response\((\d{3})")
OTHER_STATUS = {"200": "202", "201": "200", "202": "200", "204": "200"}


def bare(source: Source) -> Iterator[Fault]:
    """Make a fault of each decorator but the route: that what guards, reads or tells is gone."""
    for view, decorator in decorated(source):
        if name_of(decorator) not in ROUTES:
            start, end = source.lines(decorator)
            yield changed(source, f"{view.name} without @{shown(decorator)}", start, end, "")


def for_any_user(source: Source) -> Iterator[Fault]:
    """Make a fault of each role that is asked for: that a login is enough."""
    if "login_required" not in source.text:
        return
    for view, decorator in decorated(source):
        if name_of(decorator) == "permission_required":
            start, end = source.span(decorator)
            yield changed(source, f"{view.name} is for any user", start, end, "login_required")


def generous(source: Source) -> Iterator[Fault]:
    """Make a fault of each limit: that it lets ten times as many through."""
    for view, decorator in decorated(source):
        if name_of(decorator) == "limited" and isinstance(decorator, ast.Call):
            rate = decorator.args[-1]
            if isinstance(rate, ast.Constant) and isinstance(rate.value, str):
                number, _, rest = rate.value.partition(" ")
                start, end = source.span(rate)
                more = f'"{int(number) * 10} {rest}"'
                yield changed(source, f"{view.name} has ten times the limit", start, end, more)


def other_statuses(source: Source) -> Iterator[Fault]:
    """Make a fault of each status that an endpoint says: that it is another one."""
    for view, decorator in decorated(source):
        status = decorator.args[0] if isinstance(decorator, ast.Call) and decorator.args else None
        if name_of(decorator) == "response" and isinstance(status, ast.Constant):
            start, end = source.span(status)
            said = ast.unparse(status)
            other = OTHER_STATUS[said]
            name = f"{view.name} answers {other} instead of {said}"
            yield changed(source, name, start, end, other)


def by_link(source: Source) -> Iterator[Fault]:
    """Make a fault of each unsafe address of its own: that following a link will do."""
    routes = {(name_of(each), path_of(each)) for _, each in decorated(source)}
    for view, decorator in decorated(source):
        path = path_of(decorator)
        if name_of(decorator) == "post" and path is not None and ("get", path) not in routes:
            start, end = source.span(decorator)
            blueprint = source.text[start:end].partition(".")[0]
            new = f'{blueprint}.route("{path}", methods=["GET", "POST"])'
            yield changed(source, f"{view.name} answers to GET", start, end, new)


def decorated(source: Source) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
    """Return each function of a module with each of its decorators."""
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                yield node, decorator


def name_of(decorator: ast.expr) -> str:
    """Return the name of a decorator, without its module and its arguments."""
    inner = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(inner).rpartition(".")[2]


def shown(decorator: ast.expr) -> str:
    """Write a decorator by its own name, without the blueprint's."""
    text = ast.unparse(decorator)
    before = text.partition("(")[0]
    return text[before.rfind(".") + 1 :]


def path_of(decorator: ast.expr) -> str | None:
    """Return the path of a route."""
    if isinstance(decorator, ast.Call) and decorator.args:
        path = decorator.args[0]
        if isinstance(path, ast.Constant) and isinstance(path.value, str):
            return path.value
    return None
