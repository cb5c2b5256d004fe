"""A program that runs pytest in a project whenever it is told to.

Each run is a process forked off one that has imported all libraries and none of the project's
modules. Its argument: a project to learn the libraries from. Each line of its input is a JSON
object: the project, the options of pytest, the file for the output, and how long it may take in
seconds. Each line of its output is the status of a run.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import pytest
from alone import QUIET, leave, prepare  # type: ignore[import-not-found]


def main(project: str) -> None:
    """Do what each line says."""
    os.chdir(project)
    with tempfile.TemporaryDirectory() as folder:
        quietly(Path(folder) / "output")
    print("ready", flush=True)
    for line in sys.stdin:
        print(status_of(json.loads(line)), flush=True)


def quietly(output: Path) -> None:
    """Import the libraries; what the listing of tests prints is nobody's answer."""
    kept = os.dup(1)
    with output.open("w") as file:
        os.dup2(file.fileno(), 1)
        prepare(output)
        sys.stdout.flush()
    os.dup2(kept, 1)
    os.close(kept)


def status_of(order: dict[str, Any]) -> int:
    """Run a suite in a new process, and return its status."""
    pid = os.fork()
    if not pid:
        try:
            status = run(order)
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            status = 3
        leave(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run(order: dict[str, Any]) -> int:
    """Run a suite in this process, which ends when its time is up."""
    signal.alarm(order["seconds"])
    with Path(order["output"]).open("w") as output, Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    os.chdir(order["project"])
    return int(pytest.main([*QUIET, *order["options"]]))


if __name__ == "__main__":
    main(sys.argv[1])
