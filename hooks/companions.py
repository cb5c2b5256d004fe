"""Children that work beside the suite, so that nobody waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processes import Child
    from terminal import Screen


@dataclass
class Companion:
    """One of them, and what its end means."""

    name: str
    child: Child
    good: str
    bad: str

    def join(self, screen: Screen) -> None:
        """Wait for its end and show it."""
        made = self.child.wait() == 0
        mark, detail = ("ok", self.good) if made else ("warn", self.bad)
        screen.item(mark, self.name, detail, self.child.seconds)
