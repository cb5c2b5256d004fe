"""After a merge: keep what the update deleted although its owner had edited it, as git would.

Copier deletes the files that a new version or another answer no longer brings, edited or not. Here
an edited one comes back as a conflict of git's own, "deleted by them", for its owner to decide.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True

import repository  # noqa: E402
import watch  # noqa: E402
import yaml  # noqa: E402

ANSWERS = ".copier-answers.yml"
TEMPLATE = Path(__file__).resolve().parent.parent
HISTORY = "migrations/versions/"  # the database remembers these: they are never deleted


def keep(project: Path) -> list[str]:
    """Put back what its owner had edited; return what is for the owner to decide."""
    gone = repository.deleted(project)
    if not gone:
        return []
    repository.restore(project, [name for name in gone if name.startswith(HISTORY)])
    gone = {name: blob for name, blob in gone.items() if not name.startswith(HISTORY)}
    for left in {(project / name).parent for name in gone}:
        sweep(left)
    with tempfile.TemporaryDirectory(prefix="old-", ignore_cleanup_errors=True) as folder:
        old = Path(folder) / "render"
        render(project, Path(folder) / "template", old)
        bases = repository.hashes(project, [old / name for name in gone if (old / name).is_file()])
        edited = [name for name, blob in gone.items() if bases.get(old / name) != blob]
        repository.restore(project, edited)
        if edited:
            repository.conflict(project, {name: old / name for name in edited})
    return edited


def sweep(folder: Path) -> None:
    """Remove folders in which only Python's caches are left."""
    while folder.is_dir() and all(entry.name == "__pycache__" for entry in folder.iterdir()):
        shutil.rmtree(folder)
        folder = folder.parent


def render(project: Path, template: Path, old: Path) -> None:
    """Render what the project was made from last: its version of the template, with its answers."""
    import copier  # noqa: PLC0415 - slow to load and seldom needed

    answers: dict[str, Any] = yaml.safe_load(repository.show(project, ANSWERS))
    version = str(answers.get("_commit", "HEAD"))
    archive = subprocess.run(
        ["git", "archive", "--format=tar", version], cwd=TEMPLATE, capture_output=True, check=False
    )
    if archive.returncode == 0:
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
            files.extractall(template, filter="data")
    copier.run_copy(
        str(template if archive.returncode == 0 else answers["_src_path"]),
        old,
        data={name: value for name, value in answers.items() if not name.startswith("_")},
        vcs_ref=None if archive.returncode == 0 else version,
        defaults=True,
        quiet=True,
        skip_tasks=True,
        unsafe=True,
    )


def main() -> int:
    """Keep them, and name them where nobody else will."""
    watch.end(Path.cwd())
    kept = keep(Path.cwd())
    if kept and "--alone" in sys.argv:
        print("The update removes files that you have edited. They are kept, as conflicts:")
        for name in kept:
            print(f"  {name}")
        print("For each: `git add` keeps it, `git rm` lets it go.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
