"""Bad days: one clear message, nothing of the user's lost, and what was skipped is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hooks.machine import Machine, sh
from tests.hooks.told import assert_told
from tests.isolation.projects import some_of

if TYPE_CHECKING:
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
