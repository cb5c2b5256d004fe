"""Copier as `make new` runs it: what is wrong with an answer is one line, never a traceback."""

from __future__ import annotations

import sys
from typing import Any

import yaml
from copier import _cli, run_copy
from copier.errors import UserMessageError

# Copier has other words in front of it, and a quote after it.
NOT_TAKEN = "Not taken: "
UNREADABLE: dict[type[Exception], str] = {
    yaml.YAMLError: "the file of answers is not YAML",
    RecursionError: "the file of answers is nested too deep",
    AttributeError: "the file of answers must map questions to answers",
    ValueError: "an answer is given as -d question=answer",
}


def copy(*arguments: Any, **options: Any) -> None:
    """Copy as Copier does; whatever it raises is a message."""
    try:
        run_copy(*arguments, **options)
    except (UserMessageError, TypeError, ValueError) as error:
        raise UserMessageError(line_of(error)) from None


def line_of(error: Exception) -> str:
    """Return in one line what an error says."""
    line = " ".join(str(error).split())
    before, refused, problem = line.partition(NOT_TAKEN)
    return f"{refused}{problem.removesuffix(before[:1])}" if refused else line


def main() -> None:
    """Run Copier with the arguments of this command."""
    vars(_cli)["run_copy"] = copy
    try:
        _cli.CopierApp.run(["copier", *sys.argv[1:]])
    except tuple(UNREADABLE) as error:
        why = next(text for kind, text in UNREADABLE.items() if isinstance(error, kind))
        sys.exit(f"{NOT_TAKEN}{why}")


if __name__ == "__main__":
    main()
