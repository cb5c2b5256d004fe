"""Which tests of a project stand nearest to a change of it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

# What the tests of a module are called, where that is not its own name.
CALLED = {
    "forms": {"pages"},
    "schemas": {"api"},
    "config": {"security", "csrf"},
    "service": {"admin"},
    "session": {"login", "remember", "cookies"},
    "logins": {"remember", "tokens"},
    "permissions": {"access", "admin", "sensitive"},
    "credentials": {"letters", "sensitive", "changes", "unknown"},
    "codes": {"letters"},
    "pages": {"login", "register"},
    "profile_pages": {"sensitive"},
    "recovery_pages": {"codes", "letters", "unknown"},
    "users_api": {"admin", "changes", "letters"},
}
ENOUGH = 6  # of nearness, to be tried first


def groups(project: Path, changed: list[str]) -> list[list[str]]:
    """Sort the files of a project's tests into groups, the nearest to the changed files first.

    Together they are the whole suite.
    """
    found = sorted(
        path.relative_to(project).as_posix() for path in project.glob("tests/**/test_*.py")
    )
    near = {file: max(nearness(file, each) for each in changed) for file in found}
    found.sort(key=lambda file: -near[file])
    best = max(near.values())
    first = [file for file in found if near[file] >= min(best, ENOUGH)]
    second = [file for file in found if file not in first and near[file] > 1]
    rest = [file for file in found if file not in first and file not in second]
    return [group for group in (first, second, rest) if group]


def nearness(test: str, changed: str) -> int:
    """Say how near a file of tests is to a file: a feature's own ones, those that share words."""
    folders, name = PurePosixPath(test).parts[1:-1], PurePosixPath(test).stem
    feature = feature_of(changed)
    own = words_of(PurePosixPath(changed))
    shared = len(own & set(name.removeprefix("test_").split("_")))
    same = feature in folders if feature else len(folders) == 1
    return 4 * same + 3 * shared + (folders[0] == "integration")


def feature_of(file: str) -> str:
    """Return the feature that a file belongs to, if it belongs to one."""
    path = PurePosixPath(file)
    if "versions" in path.parts:
        return re.sub(r"\d+_", "", path.stem)
    folder = path.parent.name
    return "" if folder in {"app", "templates", "errors", "migrations", "tests", ""} else folder


def words_of(path: PurePosixPath) -> set[str]:
    """Return the words by which tests of a file may be called."""
    words = {*path.stem.split("_"), *path.parts[1:-1], *CALLED.get(path.stem, set())}
    if path.suffix == ".html":
        words.add("pages")
    return words | {word.removesuffix("s") for word in words}
