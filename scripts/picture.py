"""Make the pictures of README.md from a real run: the terminal, and pages of the app it made."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bootstrap import ROOT, ensure, run_in_environment

IMAGES = ROOT / "docs" / "images"
APP = "paper-trail"
TYPED = {"project_name": "Paper Trail", "description": "Letters that were never sent."}
CLEAR_LINE = "\x15"


def main() -> None:
    """Clone this repository, make an app as a newcomer does, and keep what there is to see."""
    ensure("new")
    run_in_environment("test")
    from screenshots import take  # noqa: PLC0415  (these need the environment)

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        record(Path(folder) / "evergreen")
        take(Path(folder) / APP, IMAGES)
    for image in sorted(IMAGES.iterdir()):
        print(f"{image.relative_to(ROOT)}  {image.stat().st_size // 1024} KiB")


def record(clone: Path) -> None:
    """Make an app from a clone, and draw what the terminal shows."""
    from drawing import draw  # noqa: PLC0415
    from recording import Terminal  # noqa: PLC0415

    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    # The template's own environment, so that the picture does not begin with making it.
    (clone / ".venv").symlink_to(ROOT / ".venv")
    (clone / ".git" / "info" / "exclude").write_text(".venv\n", encoding="utf-8")
    terminal = Terminal()
    terminal.type(f"make new DEST=../{APP}")
    command = ["make", "--no-print-directory", "new", f"DEST=../{APP}"]
    if terminal.run(command, clone, environ(), answers()):
        sys.exit(terminal.text())
    title = f"A terminal: make new DEST=../{APP} asks, makes the app and shows its suite passing"
    (IMAGES / "terminal.svg").write_text(draw(terminal.frames, title), encoding="utf-8")


def environ() -> dict[str, str]:
    """Return the environment of a newcomer's terminal."""
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def answers() -> list[tuple[str, str]]:
    """Return what is typed at each question: a name, a description, else only Enter.

    A red suite asks one more: then there is no picture to take.
    """
    import yaml  # noqa: PLC0415

    questions: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))
    typed = [
        (question["help"], CLEAR_LINE + TYPED[name] if name in TYPED else "")
        for name, question in questions.items()
        if not name.startswith("_") and question.get("when") is not False
    ]
    return [*typed, ("What now?", "")]


if __name__ == "__main__":
    main()
