"""What `make new` runs: an answer that cannot be is one line there, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Protocol

import copier
import copying
import pytest
import yaml
from copier import _cli

from tests.support.paths import ROOT
from tests.support.rendering import quickly
from tests.support.tools import clean_environ

if TYPE_CHECKING:
    from pathlib import Path

COPYING = ROOT / "scripts" / "copying.py"
COMMAND = (str(COPYING), "copy", "--trust", "--defaults", "--skip-tasks")
# What YAML says of a file, Copier does not catch.
FILES = {
    "a: [": "Not taken: the file of answers is not YAML",
    "!!python/object/apply:os.system [id]": "Not taken: the file of answers is not YAML",
    "{? [a, b] : c}": "Not taken: the file of answers is not YAML",
    "[" * 3000: "Not taken: the file of answers is nested too deep",
    "- a": "Not taken: the file of answers must map questions to answers",
    "": "Not taken: the file of answers must map questions to answers",
    "project_name: no": "Not taken: project_name: must be text: put quotes around it",
}
OPTIONS = {
    "project_name=": "Not taken: project_name: must not be blank",
    "slug=x": "Not taken: slug: is no question; there are ",
    "project_name": "Not taken: an answer is given as -d question=answer",
    "resources={book: {title: 'it\\'s\\\\'}}": "Not taken: resources: ",
}


class New(Protocol):
    """Runs it on a template that is small."""

    def __call__(self, *options: str) -> tuple[object, str]:
        """Return how it ended, and what it wrote to standard error."""


@pytest.fixture
def new(
    places: Path,
    destination: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> New:
    """Return the function that runs it in this process."""
    monkeypatch.setattr(_cli, "run_copy", copier.run_copy)  # which it replaces

    def run(*options: str) -> tuple[object, str]:
        command = [*COMMAND, *options, str(places), str(destination)]
        monkeypatch.setattr(sys, "argv", command)
        with quickly(), pytest.raises(SystemExit) as end:
            copying.main()
        said = capsys.readouterr().err
        return (
            (1, f"{end.value.code}\n")
            if isinstance(end.value.code, str)
            else (end.value.code, said)
        )

    return run


def assert_one_line(done: tuple[object, str], said: str, destination: Path) -> None:
    """Check that there is no traceback, and no file."""
    status, line = done
    assert status == 1
    assert line.startswith(said)
    assert line.count("\n") == 1
    assert not line.strip().endswith("'")
    assert not destination.exists()


@pytest.mark.parametrize(("answer", "said"), OPTIONS.items())
def test_an_answer_on_the_command_line(answer: str, said: str, new: New, destination: Path) -> None:
    """It stands there with its question."""
    assert_one_line(new(f"--data={answer}"), said, destination)


@pytest.mark.parametrize(("text", "said"), FILES.items())
def test_a_file_of_answers(
    text: str, said: str, new: New, destination: Path, tmp_path: Path
) -> None:
    """Also one that cannot be read at all."""
    file = tmp_path / "answers.yml"
    file.write_text(text, encoding="utf-8")
    assert_one_line(new(f"--data-file={file}"), said, destination)


def test_what_is_taken_is_made(new: New, destination: Path) -> None:
    """Otherwise it is Copier."""
    assert new('--data=project_name=it\'s \\ "x"', "--quiet") == (0, "")
    stored = yaml.safe_load((destination / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert stored["project_name"] == 'it\'s \\ "x"'


def test_a_process_of_its_own(places: Path, destination: Path) -> None:
    """As `make new` starts it."""
    done = subprocess.run(
        [sys.executable, *COMMAND, "--data=project_name=", str(places), str(destination)],
        capture_output=True,
        text=True,
        check=False,
        env=clean_environ(),
    )
    said = "Not taken: project_name: must not be blank\n"
    assert_one_line((done.returncode, done.stderr), said.strip(), destination)
    assert (ROOT / "scripts" / "new.py").read_text(encoding="utf-8").count('"copying.py"') == 1
