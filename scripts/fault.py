"""Try the faults whose names contain some words, or list all of them: what `make fault` does."""

from __future__ import annotations

import os
import sys

from bootstrap import ROOT, run_in_environment


def main() -> None:
    """Hand over to pytest."""
    run_in_environment("test")
    name = os.environ.get("NAME", "")
    how = ("-n", "auto", f"--fault={name}") if name else ("--collect-only",)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", *how]
    os.execv(sys.executable, [*command, "tests/faults/test_faults.py"])


if __name__ == "__main__":
    main()
