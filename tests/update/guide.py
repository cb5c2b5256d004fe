"""What docs/answers.md tells an owner to write, done as it is told."""

from __future__ import annotations

import re
import shutil
from textwrap import indent
from typing import TYPE_CHECKING

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs/answers.md"
STOP = re.compile(r"    stop_if\(.*?\n    \)\n", re.DOTALL)
IMPORT = "from app.migrate import stop_if\n"
PLACE = "    # Here the rows that there are get their author_id.\n"


def code(beginning: str) -> str:
    """Return the block of the guide that begins so."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (found,) = [block for block in blocks if block.startswith(beginning)]
    return str(found)


def give_rows_to_an_account(project: Path, copy: Path) -> Path:
    """Copy a project, and write into its last migration to whom rows belong; return it."""
    shutil.copytree(project, copy)
    path = max(copy.glob("migrations/versions/0*.py"))
    text = path.read_text(encoding="utf-8")
    assert IMPORT in text
    assert PLACE in text
    text = STOP.sub("", text.replace(IMPORT, ""))
    written = indent(code("op.execute"), "    ")
    path.write_text(text.replace(PLACE, PLACE + written), encoding="utf-8")
    return path
