"""Run by a project's own Python: load rows into a new database as the guide says, and save them.

It is given the file of the rows, the file for what is saved, and the name of a user to add between;
it says in JSON what was saved.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from tests.addresses import beside
from tests.databases import fresh_database, own_place


def main() -> None:
    """Make the tables, load, add a user, and save."""
    given, saved, name = sys.argv[1:]
    user = ("users", "create", name, f"{name}@example.com", "--password", "correct horse battery")
    with own_place() as place, fresh_database(beside(place, "moved")) as address:
        os.environ["DATABASE_URL"] = address
        flask("db", "upgrade")
        flask("db", "check")
        python("move.py", "load", given)
        flask(*user)
        python("move.py", "save", saved)
    print(json.dumps(pickle.loads(Path(saved).read_bytes()), default=str))


def flask(*words: str) -> None:
    """Call a command of the app."""
    python("-m", "flask", "--app", "app", *words)


def python(*words: str) -> None:
    """Run Python, and end with what it said where it fails."""
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
