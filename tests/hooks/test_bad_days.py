"""Bad days: one clear message, nothing of the user's lost, and what was skipped is said."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
import watch

from tests.hooks.machine import Machine, sh
from tests.hooks.told import assert_told
from tests.isolation.projects import some_of
from tests.support.machine import does_without

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOOK = "#!/bin/sh\necho 'a hook of the user fails' >&2\nexit 1\n"
LACKS: dict[str, dict[str, str | None]] = {
    "home": {"HOME": None},
    "git identity": {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "EMAIL": None,
    },
    "locale": {
        "LANG": "C",
        "LC_ALL": None,
        "LC_CTYPE": None,
        "PYTHONUTF8": None,
        "PYTHONIOENCODING": None,
    },
    "terminal and name": {"TERM": None, "USER": None, "LOGNAME": None, "XDG_RUNTIME_DIR": None},
}
ODD = "-an 'odd\" näme 🌲"


def on_a_small_disk(folder: Path, size: str) -> list[str]:
    """Return what to put before a command that finds a small disk in a folder."""
    folder.mkdir(exist_ok=True)
    unshare = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]
    mount = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    command = [*unshare, "sh", "-c", mount, str(folder)]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        does_without("right to mount a small disk")
    return command


def as_plain_user() -> list[str]:
    """Return what to put before a command that may no more than a plain user."""
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def copying(machine: Machine, destination: str, *flags: str) -> list[str]:
    """Return the command of a copy."""
    return machine.command(*machine.copying(destination, *flags))


def test_a_full_disk_while_files_are_written(machine: Machine) -> None:
    """Copier takes away what it has made of a new folder."""
    disk = on_a_small_disk(machine.home / "small", "16k")

    done = machine.run([*disk, *copying(machine, "small/app")])

    assert_told("a full disk while files are written", done)


def test_a_full_disk_while_the_environment_is_made(machine: Machine) -> None:
    """The files are there, nothing half-made is."""
    disk = on_a_small_disk(machine.home / "small", "1m")

    done = machine.run(
        [*disk, "sh", "-c", '"$@"; ls -A small/app', "sh", *copying(machine, "small/app")]
    )

    assert_told("a full disk while the environment is made", done)
    listed = done.stdout.split()
    assert "pyproject.toml" in listed
    assert ".venv" not in listed


def test_a_full_disk_while_an_update_writes(machine: Machine) -> None:
    """What Copier has overwritten is in git, and it is said how to get it back."""
    machine.own_template()
    disk = on_a_small_disk(machine.home / "app", "1m")
    machine.template.joinpath("template/large.txt").write_text("x" * 1_500_000, encoding="utf-8")
    script = (
        'cp -R ../made/. . && git config gc.auto 0 && "$@"; status=$?;'
        # Who reads what to do has read it: what it is about is there until it is said.
        f"while [ -e .git/{watch.MARKER} ]; do sleep 0.1; done;"
        "git reset --quiet --hard && git clean -fdq && git status --porcelain; exit $status"
    )
    project = machine.project()
    project.rename(machine.home / "made")
    (machine.home / "app").mkdir()
    machine.release("template/notes.txt", "first", "new first")

    done = machine.run(
        [
            *disk,
            "sh",
            "-c",
            f"cd app && {script}",
            "sh",
            *machine.command("update", "--trust", "--defaults"),
        ]
    )

    assert_told("a full disk while an update writes", done)


@pytest.mark.parametrize("there", [False, True], ids=["new", "there"])
def test_a_folder_that_may_not_be_written(machine: Machine, there: bool) -> None:
    """Copier's last line names it; nothing was written."""
    folder = machine.home / "closed"
    folder.mkdir()
    folder.chmod(0o555)

    done = machine.run([*as_plain_user(), *copying(machine, "closed" if there else "closed/app")])

    assert_told("a folder that may not be written", done)
    assert not [*folder.iterdir()]


def test_a_cache_that_may_not_be_written(machine: Machine) -> None:
    """No environment is made, and the line names the folder."""
    cache = machine.home / "cache"
    cache.mkdir()
    cache.chmod(0o555)
    machine.environment["UV_CACHE_DIR"] = str(cache)

    done = machine.run([*as_plain_user(), *copying(machine, "app")])

    assert_told("a cache that may not be written", done)
    assert not (machine.home / "app/.venv").exists()


def test_a_plain_user(machine: Machine) -> None:
    """Nothing needs the rights of root."""
    done = machine.run([*as_plain_user(), *copying(machine, "app")])

    assert_told("all is well", done)


def test_a_proxy_that_is_not_there(machine: Machine, tmp_path: Path) -> None:
    """The variable is named, for it is easily forgotten; its value may hold a password."""
    nowhere = "http://ann:secret@127.0.0.1:9"
    machine.environment |= {
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "NO_PROXY": "",
        "no_proxy": "",
        "UV_CACHE_DIR": str(tmp_path / "cold"),
        "UV_DEFAULT_INDEX": "http://packages.example/simple",
        "UV_HTTP_RETRIES": "0",
        "UV_NO_CONFIG": "1",
    }

    done = machine.copy("app")

    assert_told("a proxy that is not there", done)
    assert "secret" not in done.stdout
    assert not (machine.home / "app/.venv").exists()


@pytest.mark.parametrize("lack", some_of(LACKS, 2))
def test_a_bare_shell(machine: Machine, lack: str) -> None:
    """What a service or a container does not set is not needed, for a copy nor an update."""
    changed = machine.environment | LACKS[lack]
    machine.own_template()
    machine.environment = {name: value for name, value in changed.items() if value is not None}

    done = machine.copy("naïve")

    assert_told("all is well", done)
    project = machine.project()
    machine.release("template/notes.txt", "first", "new first")
    assert_told("all is well in an update", machine.update(project))


def test_odd_paths(machine: Machine) -> None:
    """The template, the project and the temporary folder may be called anything."""
    machine.own_template()
    odd = machine.home.parent / ODD
    machine.template = machine.template.rename(odd)
    temporary = machine.home / ODD
    temporary.mkdir()
    machine.environment["TMPDIR"] = str(temporary)

    done = machine.copy(f"./{ODD} too")

    assert_told("all is well", done)
    project = machine.home / f"{ODD} too"
    command = next(
        line.strip() for line in done.stdout.splitlines() if line.strip().startswith("cd ")
    )
    assert sh("sh", "-c", f"{command} && pwd", cwd=machine.home).rstrip("\n") == str(project)


def junk(venv: Path) -> None:
    """Put files of the user's where the environment goes."""
    venv.mkdir(parents=True)
    (venv / "mine").write_text("mine", encoding="utf-8")


def moved(venv: Path) -> None:
    """Leave an environment of another Python that has gone."""
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /gone/bin\nversion = 3.9.1\n", encoding="utf-8")
    (venv / "bin/python").symlink_to("/gone/bin/python3")


def half_made(venv: Path) -> None:
    """Leave what an installation had made when it was killed."""
    (venv / "lib/python3.11/site-packages/pytest").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /gone/bin\n", encoding="utf-8")


def older(venv: Path) -> None:
    """Leave an environment that says it is of a Python too old for the project."""
    moved(venv)
    (venv / "bin/python").unlink()
    python = venv / "bin/python"
    python.write_text("#!/bin/sh\necho 3.9.1\n", encoding="utf-8")
    python.chmod(0o755)


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "moved, uv": (moved, "uv"),
    "half made, uv": (half_made, "uv"),
    "moved, pip": (moved, "pip"),
    "half made, pip": (half_made, "pip"),
    "older, pip": (older, "pip"),
}


def test_a_folder_of_somebody_elses(machine: Machine) -> None:
    """Nothing of the user's is deleted to make room."""
    junk(machine.home / "app/.venv")

    done = machine.copy("app")

    assert_told("a `.venv` that is none", done)
    assert (machine.home / "app/.venv/mine").exists()


@pytest.mark.parametrize("what", some_of(BROKEN, 2))
def test_an_environment_that_does_not_work(machine: Machine, what: str) -> None:
    """It is made anew."""
    leave, tool = BROKEN[what]
    if tool == "pip":
        machine.without("uv")
    leave(machine.home / "app/.venv")

    done = machine.copy("app")

    assert_told("all is well", done)


def test_files_that_are_there_already(machine: Machine) -> None:
    """Where nobody can be asked, Copier overwrites nothing and says what to do."""
    project = machine.home / "app"
    project.mkdir()
    (project / "notes.txt").write_text("mine\n", encoding="utf-8")

    done = machine.copy("app")

    assert_told("files that are there already", done)
    assert (project / "notes.txt").read_text(encoding="utf-8") == "mine\n"


def test_a_second_run_after_a_red_one(machine: Machine) -> None:
    """What the first one made is no obstacle, and is not made again."""
    first = machine.copy("app", suite="red")

    done = machine.copy("app", "--overwrite", suite="green")

    assert_told("a red suite", first)
    assert_told("all is well", done)


def test_git_as_its_user_has_set_it(machine: Machine, tmp_path: Path) -> None:
    """Hooks of every new repository, signatures and line ends are for the user's own commits."""
    hooks = tmp_path / "git/hooks"
    hooks.mkdir(parents=True)
    for name in ("pre-commit", "commit-msg", "pre-push"):
        (hooks / name).write_text(HOOK, encoding="utf-8")
        (hooks / name).chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        f"[init]\ntemplateDir={hooks.parent}\n[commit]\ngpgsign=true\n[core]\nautocrlf=true\n",
        encoding="utf-8",
    )
    machine.own_template()
    project = machine.project()
    machine.environment["GIT_CONFIG_GLOBAL"] = str(config)
    machine.release("template/notes.txt", "first", "new first")

    done = machine.update(project)

    assert_told("all is well in an update", done)
    # Copier's copy of the template has the user's line ends, which git knows for no change.
    sh("git", "add", "--all", cwd=project, GIT_CONFIG_GLOBAL=str(config))
    changed = sh("git", "diff", "--cached", "--name-only", cwd=project)
    assert changed.splitlines() == [".copier-answers.yml", "notes.txt"]
    assert_told("all is well", machine.copy("other"))
