"""Requests a second of the default project, all features on, against bare Flask; and its start."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import FOREIGN, ROOT, quietly

from tests.support.environments import environment
from tests.support.rendering import render, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

Rates = dict[tuple[str, str], list[float]]
WHOLE, BARE = "whole", "bare"
TARGETS = {"hello": 0.75, "row": 0.9}
# What every answer of the whole app shows, and none of bare Flask.
FEATURES = {"X-Request-ID", "Content-Security-Policy", "Strict-Transport-Security"}
RATE = re.compile(r"Requests/sec:\s+([0-9.]+)")
FAILED = re.compile(r"Non-2xx|Socket errors: (?!connect 0, read 0, write 0, timeout 0)")
BOOT = ("import app", "first create_app", "next create_app")
CONNECTIONS, PATIENCE = 4, 30
SETTINGS = {
    "APP_ENV": "production",
    "SECRET_KEY": "1f0c6a9b7d2e48359ab4c6d8e0f21357",
    "JWT_SECRET_KEY": "97e3b5a1c0d84f26b8ea7c5d3f190246",
    "TRUSTED_HOSTS": "127.0.0.1",
    "WEB_THREADS": "1",
}


def main(rounds: int, seconds: int, workers: int) -> None:
    """Serve both at once and ask them in turn, so that both meet the same machine."""
    if not shutil.which("wrk"):
        sys.exit("wrk makes the requests: install it (apt install wrk, brew install wrk).")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = environment(version, Path(sys.executable).resolve())
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        project = render(take_snapshot(Path(folder) / "snapshot"), Path(folder) / "project", {})
        settings = {**SETTINGS, "DATABASE_URL": f"sqlite:///{folder}/rows.db"}
        settings["WEB_CONCURRENCY"] = str(workers)
        prepare(python, project, settings)
        served = {
            name: stack.enter_context(serving(name, python, project, settings))
            for name in (BARE, WHOLE)
        }
        check(served)
        rates = ask_in_turn(served, rounds, seconds)
        check_log(project / f"{WHOLE}.log", rates[WHOLE, "hello"], seconds)
        print(f"{workers} sync worker(s), Python {version}, median of {rounds}:")
        report(rates)
        report_boot(python, project, settings, rounds)


def prepare(python: Path, project: Path, settings: dict[str, str]) -> None:
    """Make the database that both read."""
    shutil.copy(Path(__file__).with_name("served.py"), project)
    quietly([python, "-m", "flask", "--app", "app", "db", "upgrade"], project, settings)
    quietly([python, "served.py", "fill"], project, settings)


@contextmanager
def serving(name: str, python: Path, project: Path, settings: dict[str, str]) -> Iterator[str]:
    """Serve an app from the first core, its log in a file, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    inherited = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    with (project / f"{name}.log").open("w") as log:
        server = subprocess.Popen(
            [python, "-m", "gunicorn", f"served:{name}()"],
            cwd=project,
            env={**inherited, **settings, "BIND": place},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        pin(server.pid, first=True)
        wait_for(server, f"http://{place}/hello")
        yield f"http://{place}"
    finally:
        server.terminate()
        server.wait()


def pin(process: int, *, first: bool) -> None:
    """Keep servers on the first core and what asks them on the others, where there are others."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) > 1:
            os.sched_setaffinity(process, cores[:1] if first else cores[1:])


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait until a server answers."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"{address} does not answer.")


def check(served: dict[str, str]) -> None:
    """Stop unless both answer the same, one with all features and one with none."""
    for path in TARGETS:
        answers = {}
        for name, address in served.items():
            with urllib.request.urlopen(f"{address}/{path}") as response:
                answers[name] = response.read()
                if FEATURES & set(response.headers) != (FEATURES if name == WHOLE else set()):
                    sys.exit(f"{name} answers {path} with these headers:\n{response.headers}")
        if answers[WHOLE] != answers[BARE]:
            sys.exit(f"Not the same answer: {answers}")


def ask_in_turn(served: dict[str, str], rounds: int, seconds: int) -> Rates:
    """Ask each server for each path, round after round, after one to warm up."""
    rates: Rates = {(name, path): [] for path in TARGETS for name in served}
    for number in range(rounds + 1):
        for name, path in rates:
            rate = ask(f"{served[name]}/{path}", seconds if number else 1)
            if number:
                rates[name, path].append(rate)
    return rates


def ask(address: str, seconds: int) -> float:
    """Return how many requests a second are answered."""
    said = quietly(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", address], ROOT)
    rate = RATE.search(said)
    if rate is None or FAILED.search(said):
        sys.exit(f"Requests failed:\n{said}")
    return float(rate[1])


def check_log(log: Path, rates: list[float], seconds: int) -> None:
    """Stop unless every request is a line in the log."""
    lines = [json.loads(line) for line in log.open() if line.startswith("{")]
    written = sum(line["path"] == "/hello" and line["status"] == 200 for line in lines)  # noqa: PLR2004
    if written < sum(rates) * seconds * 0.99:
        sys.exit(f"{log} has {written} lines of {sum(rates) * seconds:.0f} requests.")


def report(rates: Rates) -> None:
    """Print requests a second, and each path's ratio."""
    for (name, path), found in rates.items():
        middle = statistics.median(found)
        print(f"  {path:6} {name:10} {middle:7.0f} /s  ({min(found):.0f} to {max(found):.0f})")
    for path, target in TARGETS.items():
        ratios = [
            whole / bare for whole, bare in zip(rates[WHOLE, path], rates[BARE, path], strict=True)
        ]
        middle = statistics.median(ratios)
        span = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"  {path:6} {'whole/bare':10} {middle:7.2f}     ({span}, at least {target})")


def report_boot(python: Path, project: Path, settings: dict[str, str], rounds: int) -> None:
    """Print how long a fresh process takes to import the app and to make it, then another."""
    command = (python, "served.py", "boot")
    quietly(command, project, settings)
    found = [json.loads(quietly(command, project, settings)) for _ in range(rounds)]
    for name, seconds in zip(BOOT, zip(*found, strict=True), strict=True):
        middle, least, most = (1000 * of(seconds) for of in (statistics.median, min, max))
        print(f"  {name:17} {middle:7.1f} ms  ({least:.1f} to {most:.1f})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3, help="of asking, a round")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    main(given.rounds, given.seconds, given.workers)
