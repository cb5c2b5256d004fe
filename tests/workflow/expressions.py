"""GitHub's expressions: as much of them as the workflow of a project uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

INSERTED = re.compile(r"\$\{\{(.*?)\}\}")
TOKEN = re.compile(r"\s*('[^']*'|[A-Za-z_][\w.*-]*|\|\||&&|[!=]=|[!(),])")
OPERATORS = {"||": " or ", "&&": " and ", "!": " not ", "==": "==", "!=": "!="}

Functions = dict[str, Callable[..., Any]]


def insert(text: str, contexts: Mapping[str, Any], functions: Functions) -> str:
    """Replace each `${{ … }}` in a text by its value."""
    return INSERTED.sub(lambda found: written(evaluate(found[1], contexts, functions)), text)


def evaluate(expression: str, contexts: Mapping[str, Any], functions: Functions) -> Any:
    """Return the value of an expression."""
    source = "".join(translated(token, functions) for token in tokens(expression))
    names = {**functions, "at": lambda path: look_up(path, contexts)}
    return eval(source, {"__builtins__": {}}, names)


def tokens(expression: str) -> list[str]:
    """Split an expression; what is no token is a mistake."""
    found, end = [], 0
    expression = expression.strip()
    while end < len(expression):
        token = TOKEN.match(expression, end)
        if token is None:
            raise ValueError(f"not understood: {expression[end:]}")
        found.append(token[1])
        end = token.end()
    return found


def translated(token: str, functions: Functions) -> str:
    """Write a token as Python."""
    if token[0] == "'":
        return repr(token[1:-1])
    if token in functions:
        return token
    if token[0].isalpha():
        return f"at({token!r})"
    return OPERATORS.get(token, token)


def look_up(path: str, contexts: Mapping[str, Any]) -> Any:
    """Follow a path such as `matrix.python` or `needs.*.result`; an event may lack anything."""
    found: Any = contexts
    for position, name in enumerate(names := path.split(".")):
        if name == "*":
            rest = ".".join(names[position + 1 :])
            return [look_up(rest, entry) for entry in found.values()]
        if name not in found and "event" in names[:position]:
            return None
        found = found[name]
    return found


def written(value: Any) -> str:
    """Write a value as GitHub does."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
