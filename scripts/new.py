"""Ask, make and validate a new app: what `make new` does."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from bootstrap import ROOT, ensure


def main() -> None:
    """Hand over to Copier, with an absolute template path so that updates find it again."""
    if not os.environ.get("DEST"):
        sys.exit('Say where: make new DEST=../my-app [ANSWERS="--defaults"]')
    if not (ROOT / ".git").exists():
        print("This copy of the template is no git clone: the app could never be updated from it.")
    destination = os.path.abspath(caller() / Path(os.environ["DEST"]).expanduser())  # noqa: PTH100
    answers = shlex.split(os.environ.get("ANSWERS", ""))
    python = str(ensure("new"))
    copier = str(ROOT / "scripts" / "copying.py")
    command = [python, copier, "copy", "--trust", "--vcs-ref", "HEAD", *answers]
    sys.stdout.flush()
    os.execv(python, [*command, str(ROOT), destination])


def caller() -> Path:
    """Return the folder in which the user typed the command."""
    return Path(os.environ.get("CALLER") or Path.cwd())


if __name__ == "__main__":
    main()
