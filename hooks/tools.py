"""Tools that make an environment: run to their end, or one plain reason why they could not."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from processes import Child

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONSTRAINTS = Path(__file__).resolve().parent.parent / "constraints.txt"
NO_NETWORK = re.compile(
    r"network was disabled|failed to fetch|error sending request|failed to download"
    r"|no matching distribution|newconnectionerror|nameresolutionerror|max retries",
    re.IGNORECASE,
)
NO_PYTHON = re.compile(
    r"no interpreter found|inspect python interpreter|python-build-standalone",
    re.IGNORECASE,
)
PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy")
FULL = re.compile(r"no space left|disk quota exceeded|\(os error (28|122)\)", re.IGNORECASE)
DENIED = re.compile(r"permission denied|read-only file system", re.IGNORECASE)
QUOTED_PATH = re.compile(r"[`'\"](/[^`'\"]+)[`'\"]")


class CannotValidateError(Exception):
    """The suite cannot run here, for a reason that is not the project's fault."""


def must(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    log: Path,
    env: Mapping[str, str | None] | None = None,
) -> None:
    """Run a tool that has to succeed if the suite is to run."""
    if Child(command, cwd=cwd, log=log, env=env).wait():
        raise CannotValidateError(reason(log.read_text(encoding="utf-8", errors="replace"), cwd))


def reason(said: str, project: Path) -> str:
    """Return in one plain line why a tool failed."""
    if NO_PYTHON.search(said):
        return f"no Python {required_python(project)} was found, and none could be downloaded"
    if FULL.search(said):
        return "the disk is full"
    if DENIED.search(said) and (found := QUOTED_PATH.search(said)):
        return f"{found[1]} may not be written"
    if "certificate" in said:
        return "the packages could not be fetched: a certificate on the way is not trusted"
    if NO_NETWORK.search(said):
        proxy = [f" ({name} names a proxy)" for name in PROXIES if os.environ.get(name)]
        network = f"no network{''.join(proxy[:1])}"
        return f"the packages could not be fetched: {network}, and not all are in the cache"
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines or ["the environment could not be made"])[0].rstrip(".")


def required_python(project: Path) -> str:
    """Return the versions of Python that the project accepts."""
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r"(?m)^requires-python\s*=\s*[\"']([^\"']+)", text)
    return found[1] if found else ""
