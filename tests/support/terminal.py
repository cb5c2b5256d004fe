"""A program at a terminal: what a person would type, and what they would see."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

ENTER = "\r"
DOWN = "\x1b[B"
DELETE_BEFORE = "\x15"  # of a line, then its break
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
ROWS, COLUMNS = 50, 120


class Terminal:
    """The screen and the keyboard of a running program."""

    def __init__(self, process: subprocess.Popen[bytes], keyboard: int) -> None:
        self.process = process
        self.keyboard = keyboard
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def read(self, seconds: float) -> bool:
        """Show what the program writes; tell whether it may write more."""
        if select.select([self.keyboard], [], [], seconds)[0]:
            try:
                written = os.read(self.keyboard, 65536)
            except OSError:  # the program has ended
                return False
            self.stream.feed(written)
            if b"\x1b[6n" in written:  # where is the cursor?
                self.type(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")
            return bool(written)
        return self.process.poll() is None

    def wait_for(self, words: str, seconds: float = 60) -> str:
        """Wait until words are on the screen, and return all of it."""
        deadline = time.monotonic() + seconds
        while words not in self.text:
            more = self.read(0.1)
            if words not in self.text and (not more or time.monotonic() > deadline):
                raise AssertionError(f"{words!r} did not come up:\n{self.text}")
        return self.text

    def wait_until_gone(self, words: str, seconds: float = 60) -> None:
        """Wait until words are on the screen no more."""
        deadline = time.monotonic() + seconds
        while words in self.text:
            more = self.read(0.1)
            if words in self.text and (not more or time.monotonic() > deadline):
                raise AssertionError(f"{words!r} stays:\n{self.text}")

    def paste(self, text: str) -> None:
        """Put text in place of what stands in a field, as a terminal does from its clipboard."""
        self.type(f"{DELETE_BEFORE * 9}{PASTE}{text}{PASTED}")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.keyboard, keys.encode())

    def finish(self, seconds: float = 120) -> int:
        """Read to the end, and return the exit status."""
        deadline = time.monotonic() + seconds
        while self.read(0.1):
            if time.monotonic() > deadline:
                raise AssertionError(f"The program did not end:\n{self.text}")
        return self.process.wait(timeout=10)


@contextmanager
def terminal(
    command: Sequence[str | Path], cwd: Path, environ: Mapping[str, str]
) -> Iterator[Terminal]:
    """Run a program at a terminal of its own, which is closed afterwards."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [*command],
        cwd=cwd,
        env={**environ, "TERM": "xterm-256color"},
        stdin=its,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    try:
        yield Terminal(process, ours)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)
