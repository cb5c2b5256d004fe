"""A program that runs each test of a project alone, each in a process of its own.

A process starts with all libraries imported and none of the project's modules: it is forked off one
that has seen nothing else. Its arguments: a JSON file that names the tests, the databases (one for
each process that may run at a time) and the options of pytest; and the file for the outcomes.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import pytest

ADDRESS, REPORT = "TEST_DATABASE_URL", "EVERGREEN_OUTCOMES"
# Plugins that were imported before pytest began are not rewritten, which makes no difference.
QUIET = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


def main(order: Path, answer: Path) -> None:
    """Run all tests, as many at a time as there are databases."""
    task = json.loads(order.read_text(encoding="utf-8"))
    prepare(answer)
    found: dict[str, str] = {}
    running: dict[int, tuple[str, str]] = {}
    free = list(task["databases"])
    for test in task["tests"]:
        if not free:
            free.append(finish(running, found, answer))
        database = free.pop()
        running[start(test, database, task["options"], answer)] = test, database
    while running:
        finish(running, found, answer)
    answer.write_text(json.dumps(found), encoding="utf-8")


def prepare(answer: Path) -> None:
    """Import what tests import, but for the project's own modules."""
    names = answer.with_suffix(".modules")
    pid = os.fork()
    if not pid:
        pytest.main(["--collect-only", "-q", "--no-cov"])
        ours = str(Path.cwd())
        files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
        listed = [name for name, file in files.items() if not str(file).startswith(ours)]
        names.write_text("\n".join(listed), encoding="utf-8")
        leave(0)
    os.waitpid(pid, 0)
    for name in names.read_text(encoding="utf-8").split():
        if name != "__main__" and not name.startswith(("app", "tests")):
            try:
                importlib.import_module(name)
            except ImportError:
                continue
    gc.freeze()


def start(test: str, database: str, options: list[str], answer: Path) -> int:
    """Run one test in a new process; return its number."""
    pid = os.fork()
    if not pid:
        try:
            status = run(test, database, options, answer)
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            status = 3
        leave(status)
    return pid


def run(test: str, database: str, options: list[str], answer: Path) -> int:
    """Run one test in this process; what it prints goes to a file."""
    with answer.with_suffix(f".{os.getpid()}.txt").open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.environ[REPORT] = str(answer.with_suffix(f".{os.getpid()}.json"))
    if database:
        os.environ[ADDRESS] = database
    return int(pytest.main([*QUIET, *options, "-p", "outcomes", test]))


def leave(status: int) -> NoReturn:
    """End a process without what its parent has registered for its end."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def finish(running: dict[int, tuple[str, str]], found: dict[str, str], answer: Path) -> str:
    """Wait for any process, note what its test came to, and return the database it had."""
    pid, status = os.wait()
    test, database = running.pop(pid)
    report, output = (answer.with_suffix(f".{pid}.{kind}") for kind in ("json", "txt"))
    outcomes: dict[str, Any] = json.loads(report.read_text()) if report.exists() else {}
    found[test] = outcomes.get(test, "no outcome")
    others = {f"and {name}": outcome for name, outcome in outcomes.items() if name != test}
    if status or others or found[test] != "passed":
        print(f"{test}: status {status} {others}\n{output.read_text()}")
    found.update(others)
    report.unlink(missing_ok=True)
    output.unlink(missing_ok=True)
    return database


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
