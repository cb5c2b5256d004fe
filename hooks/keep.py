"""After a merge: keep what the update moved or deleted although its owner had edited it.

Copier deletes the files that a new version or another answer no longer brings, edited or not. Here,
as git would have it, the edits of one that has moved are merged into where it is now; any other
edited one comes back as a conflict of git's own, "deleted by them", for its owner to decide.
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

import environment  # noqa: E402
import moves  # noqa: E402
import outcome  # noqa: E402
import repository  # noqa: E402
import watch  # noqa: E402
from terminal import Screen  # noqa: E402

ANSWERS = ".copier-answers.yml"
TEMPLATE = Path(__file__).resolve().parent.parent
HISTORY = "migrations/versions/"  # the database remembers these: they are never deleted


def keep(project: Path) -> None:
    """See to what the update has deleted, and to what has come although its owner deleted it."""
    gone, returned = repository.deleted(project), moved_away(project)
    if not gone and not returned:
        return
    repository.restore(project, [name for name in gone if name.startswith(HISTORY)])
    gone = {name: blob for name, blob in gone.items() if not name.startswith(HISTORY)}
    for left in {(project / name).parent for name in gone}:
        sweep(left)
    # Named like Copier's own: there no answer is held to what a person may give.
    prefix = "copier._main.old_copy."
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        old = Path(folder) / "render"
        render(project, Path(folder) / "template", old)
        put_back(project, gone, old)
        for name in returned:
            if (old / name).is_file():
                (project / moves.target(name)).unlink()


def put_back(project: Path, gone: dict[str, str], old: Path) -> None:
    """Merge into its new place, or mark as a conflict, what is not as it was rendered."""
    bases = repository.hashes(project, [old / name for name in gone if (old / name).is_file()])
    edited = [name for name, blob in gone.items() if bases.get(old / name) != blob]
    repository.restore(project, edited)
    carried = [name for name in edited if carry(project, name, old / name)]
    kept = {name: old / name for name in edited if name not in carried}
    if kept:
        repository.conflict(project, kept)
    for name in carried:
        print(f"Moved, with your edits: {name} is {moves.target(name)} now.")


def moved_away(project: Path) -> list[str]:
    """List what has come to another place although its owner may have deleted it."""
    brought = repository.untracked(project)
    return [
        name
        for name in moves.MOVES
        if moves.target(name) in brought and not repository.tracks(project, name)
    ]


def carry(project: Path, name: str, base: Path) -> bool:
    """Merge an edited file into the place to which the update has moved it, if it has."""
    new = moves.target(name)
    if new == name or not base.is_file() or new not in repository.untracked(project):
        return False
    ours, theirs = project / name, project / new
    merged = repository.merge(ours, base, theirs)
    if merged is None:
        return False
    content, clean = merged
    if not clean:
        repository.mark_unmerged(project, new, (base, ours, theirs))
    theirs.write_bytes(content)
    ours.unlink()
    sweep(ours.parent)
    return True


def sweep(folder: Path) -> None:
    """Remove folders in which only Python's caches are left."""
    while folder.is_dir() and all(entry.name == "__pycache__" for entry in folder.iterdir()):
        shutil.rmtree(folder)
        folder = folder.parent


def render(project: Path, template: Path, old: Path) -> None:
    """Render what the project was made from last: its version of the template, with its answers."""
    import copier  # noqa: PLC0415 - slow to load and seldom needed
    import yaml  # noqa: PLC0415

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
    """Keep them, and name all conflicts where nobody else will."""
    project = Path.cwd()
    watch.end(project)
    keep(project)
    undecided = repository.conflicts(project) if "--alone" in sys.argv else []
    if undecided:
        notes = outcome.notes(project, undecided)
        outcome.conflicted(Screen(), project, notes, environment.by_hand(project))
    return 1 if undecided else 0


if __name__ == "__main__":
    sys.exit(main())
