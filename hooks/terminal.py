"""What the hook shows: one line a step, alive where there is a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COLOURS = {"ok": "32", "warn": "33", "bad": "31", "dim": "2", "bold": "1"}
MARKS = {"ok": "✓", "warn": "!", "bad": "✗"}
PLAIN_MARKS = {"ok": "+", "warn": "!", "bad": "x"}
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
PLAIN_SPINNER = "|/-\\"
HEARTBEAT = 10.0  # seconds between signs of life where lines cannot be redrawn


class Step:
    """One thing the hook does, with what is known of it so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.mark = "ok"
        self.detail = ""
        self.progress: Callable[[], str] = lambda: ""
        self.started = time.monotonic()

    def seconds(self) -> float:
        """Return the time since the step started."""
        return time.monotonic() - self.started


class Screen:
    """Standard output, as a terminal or as plain lines."""

    def __init__(self) -> None:
        self.stream = sys.stdout
        smart = os.environ.get("TERM", "") != "dumb"
        self.live = self.stream.isatty() and smart
        self.colour = self.live and not os.environ.get("NO_COLOR")
        self.unicode = self._writes(MARKS["ok"] + SPINNER)

    def _writes(self, text: str) -> bool:
        try:
            text.encode(self.stream.encoding or "ascii")
        except UnicodeError:
            return False
        return True

    def paint(self, style: str, text: str) -> str:
        """Colour a text, where colours are wanted."""
        return f"\x1b[{COLOURS[style]}m{text}\x1b[0m" if self.colour else text

    def line(self, text: str = "") -> None:
        """Write one line at once, whatever the stream can encode."""
        encoding = self.stream.encoding or "ascii"
        self.write(text.encode(encoding, "replace").decode(encoding) + "\n")

    def write(self, text: str) -> None:
        """Write at once; where nobody reads any more, write to nobody."""
        try:
            self.stream.write(text)
            self.stream.flush()
        except OSError:
            # An error here, or at the exit, would make Copier take the project for a failure.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())

    def item(self, mark: str, name: str, detail: str, seconds: float | None = None) -> None:
        """Write the line of a step that has ended."""
        sign = (MARKS if self.unicode else PLAIN_MARKS)[mark]
        row = f"{name:<12} {detail}"
        if seconds is not None:
            row = f"{row:<61} {self.paint('dim', f'{seconds:6.1f} s')}"
        self.line(f"  {self.paint(mark, sign)} {row}")

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Show a step while it lasts and its line once it has ended."""
        step = Step(name)
        ended = threading.Event()
        painter = threading.Thread(target=self._animate, args=(step, ended), daemon=True)
        painter.start()
        shown = True
        try:
            yield step
        except KeyboardInterrupt:
            shown = False
            raise
        finally:
            ended.set()
            painter.join()
            if shown:
                self.item(step.mark, step.name, step.detail, step.seconds())

    def _animate(self, step: Step, ended: threading.Event) -> None:
        if not self.live:
            while not ended.wait(HEARTBEAT):
                self.line(f"    {step.name:<12} {step.progress():<48} {step.seconds():6.1f} s")
            return
        frames = SPINNER if self.unicode else PLAIN_SPINNER
        tick = 0
        while not ended.wait(0.1):
            row = f"  {frames[tick % len(frames)]} {step.name:<12} {step.progress():<48}"
            row = f"{row} {step.seconds():6.1f} s"
            # One column stays free: a full line would wrap and could not be redrawn.
            row = row[: shutil.get_terminal_size().columns - 1]
            self.write(f"\r\x1b[K{row}")
            tick += 1
        self.write("\r\x1b[K")
