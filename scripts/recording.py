"""A real command in a terminal of our own: every picture it shows, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

COLUMNS, LINES = 92, 34
LETTER = 0.05  # seconds between the letters that somebody types
QUIET = 0.4  # seconds without output after which a question waits for its answer
BEGINNING = 0.8

# What stands in a row: runs of text with their first column, colour and weight.
Run = tuple[int, str, str, bool]
Picture = tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Frame:
    """A picture of the terminal and the second at which it came."""

    second: float
    picture: Picture


class Terminal:
    """A terminal in which a command runs, with somebody in front of it."""

    def __init__(self) -> None:
        self.screen: Any = pyte.Screen(COLUMNS, LINES)
        self.stream: Any = pyte.ByteStream(self.screen)
        self.frames: list[Frame] = []
        self.second = 0.0

    def type(self, line: str) -> None:
        """Show a command line as somebody types it."""
        self.feed(b"$ ")
        self.second += BEGINNING
        for letter in line:
            self.second += LETTER
            self.feed(letter.encode())
        self.feed(b"\r\n")

    def feed(self, output: bytes) -> None:
        """Show output, and keep the picture if it is another one."""
        self.stream.feed(output)
        picture = tuple(runs_of(self.screen, line) for line in range(LINES))
        if not self.frames or self.frames[-1].picture != picture:
            self.frames.append(Frame(self.second, picture))

    def run(
        self,
        command: Sequence[str],
        folder: Path,
        environ: Mapping[str, str],
        answers: Sequence[tuple[str, str]],
    ) -> int:
        """Run a command to its end; answer each question once it is there and all is quiet."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.screen.write_process_input = lambda data: os.write(ours, data.encode())
        child = subprocess.Popen(
            command, cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        waiting, start = list(answers), time.monotonic() - self.second
        while output := self.output(ours, start):
            self.feed(output)
            if waiting and waiting[0][0] in self.text() and not ready(ours, QUIET):
                self.answer(ours, waiting.pop(0)[1], start)
        os.close(ours)
        return child.wait()

    def output(self, terminal: int, start: float) -> bytes:
        """Wait for what the command shows next; nothing when it has ended."""
        try:
            found = os.read(terminal, 65536)
        except OSError:
            found = b""
        self.second = time.monotonic() - start
        return found

    def answer(self, terminal: int, keys: str, start: float) -> None:
        """Type an answer, letter by letter."""
        for key in [*keys, "\r"]:
            os.write(terminal, key.encode())
            if key != "\r" and ready(terminal, 1):
                self.feed(self.output(terminal, start))
                time.sleep(LETTER)

    def text(self) -> str:
        """Return what the screen shows."""
        return "\n".join(self.screen.display)


def ready(terminal: int, patience: float) -> bool:
    """Say whether there is output within so many seconds."""
    return bool(select.select([terminal], [], [], patience)[0])


def runs_of(screen: Any, line: int) -> tuple[Run, ...]:
    """Return a row of the screen as runs of one look each."""
    found: list[Run] = []
    for column in range(COLUMNS):
        cell = screen.buffer[line][column]
        look = (cell.fg, cell.bold)
        if found and found[-1][2:] == look:
            first, text, *_ = found[-1]
            found[-1] = (first, text + cell.data, *look)
        else:
            found.append((column, cell.data, *look))
    return tuple(run for run in found if run[1].strip())
