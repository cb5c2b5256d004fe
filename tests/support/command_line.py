"""Copier's own command line, run in this process."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copier._cli import CopierApp

from tests.support.rendering import quickly

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Done:
    """What came of a command: its exit status and the lines that it wrote to standard error."""

    status: int
    lines: list[str]

    @property
    def refusal(self) -> str:
        """Return the one line in which an answer was refused, without what Copier puts around."""
        if self.status != 1 or len(self.lines) != 1:
            return f"status {self.status}: {self.lines}"
        return self.lines[0].removeprefix("'dict object' has no attribute '").removesuffix("'")


def copy(snapshot: Path, destination: Path, *options: str) -> Done:
    """Run `copier copy --defaults` without tasks; a traceback of Copier's is one of the test's."""
    said = io.StringIO()
    words = ["--defaults", "--quiet", "--skip-tasks", "--trust", *options]
    with quickly(), redirect_stderr(said), redirect_stdout(io.StringIO()):
        _, status = CopierApp.run(
            ["copier", "copy", *words, str(snapshot), str(destination)], exit=False
        )
    return Done(status, said.getvalue().splitlines())
