"""Check all that a release needs, and tag it when all of it is green: what `make release` does."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from bootstrap import ROOT, require_python
from history import VERSION, git, key, lowered, releases

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> None:
    """Say what is missing; else do the exhaustive run, and tag the commit that it ran on."""
    require_python()
    version, commit = current(), git(ROOT, "rev-parse", "HEAD").strip()
    found = [*problems(version)]
    for problem in found:
        print(f"Not released: {problem}.")
    if found:
        sys.exit(1)
    print(f"Everything is there for {version}; now the exhaustive run.", flush=True)
    run = [sys.executable, str(ROOT / "scripts" / "steps.py"), "exhaustive"]
    if subprocess.run(run, cwd=ROOT, check=False).returncode:
        sys.exit(f"Not released: the exhaustive run is red, so there is no tag v{version}.")
    if git(ROOT, "rev-parse", "HEAD").strip() != commit or git(ROOT, "status", "--porcelain"):
        sys.exit("Not released: something was committed or changed during the run.")
    git(ROOT, "tag", "--annotate", f"v{version}", "--message", f"Evergreen {version}", commit)
    print(f"Tagged {commit[:8]} as v{version}. To publish it: git push origin v{version}")


def current() -> str:
    """Read the version of what is here."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(.+)"$', text, re.MULTILINE)
    return found[1] if found else ""


def problems(version: str) -> Iterator[str]:
    """Say what a release of this version lacks."""
    if not VERSION.fullmatch(version):
        yield f"{version!r} in pyproject.toml is no version such as 1.2.3 or 1.2.3rc1"
        return
    if git(ROOT, "status", "--porcelain"):
        yield "there are changes that are not committed"
    tagged = git(ROOT, "tag", "--list", f"v{version}").strip()
    if tagged:
        yield f"there is a tag v{version}: raise the version in pyproject.toml"
    older = [*releases(ROOT)]
    if older and key(older[-1]) >= key(version):
        yield f"{older[-1]} has been released: raise the version in pyproject.toml above it"
    yield from (f"the history lowers the version: {change}" for change in lowered(ROOT))
    yield from problems_of_changelog(version, older[-1] if older else "")


def problems_of_changelog(version: str, previous: str) -> Iterator[str]:
    """Say what the changelog lacks of this version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    _, *sections = re.split(r"^## \[(.+)\]\n", text, flags=re.MULTILINE)
    names, bodies = sections[::2], sections[1::2]
    if names[:1] != [version]:
        yield f"the first section of CHANGELOG.md is not [{version}]"
        return
    if names != sorted(names, key=key, reverse=True):
        yield f"the sections of CHANGELOG.md do not go down: {', '.join(names)}"
    notes = re.search(r"^### Upgrade notes\n\n(.+)", bodies[0], re.MULTILINE)
    if previous and (notes is None or f"From {previous}" not in notes[1]):
        yield f"[{version}] in CHANGELOG.md has no upgrade notes that begin with: From {previous}"


if __name__ == "__main__":
    main()
