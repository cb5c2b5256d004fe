"""Mutants of the default project's services and models, made by mutmut: how many tests kill.

Each one that survives is listed in mutation_survivors.toml with the reason why no test could tell
it from the original; another one fails this command.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import measuring  # noqa: F401  (lets this script import the next lines)

from tests.support.rendering import render, take_snapshot
from tests.support.toolboxes import toolbox
from tests.support.tools import clean_environ

SURVIVORS = Path(__file__).with_name("mutation_survivors.toml")
TARGET = 90
MUTATED = (
    "app/accounts/codes.py",
    "app/accounts/credentials.py",
    "app/accounts/logins.py",
    "app/accounts/models.py",
    "app/accounts/passwords.py",
    "app/accounts/service.py",
    "app/pagination.py",
    "app/posts/models.py",
    "app/posts/service.py",
)
# Those that call them; mutmut finds out which of these reach which function.
TESTS = (
    "tests/unit/accounts",
    "tests/unit/posts",
    "tests/unit/test_pagination.py",
    "tests/integration/accounts",
    "tests/integration/posts",
    "tests/e2e",
)
# What runs while modules are imported is over when mutmut chooses a mutant: such a one is written
# into its file, and these are run.
AT_IMPORT = ("tests/unit/accounts/test_models.py", "tests/integration/test_migrations.py")
SETTINGS = """
[tool.mutmut]
source_paths = ["app"]
only_mutate = {mutated}
also_copy = ["migrations"]
process_isolation = "forkserver"
timeout_constant = 30.0
timeout_multiplier = 4.0
pytest_add_cli_args = ["--no-cov", "-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
"""
PYTEST = ("python", "-m", "pytest", "-q", "-x", "--no-cov", "-p", "no:cacheprovider")
KILLED, SURVIVED = {"killed", "timeout"}, "survived"
LINE = re.compile(r"^ +(\S+)__mutmut_(\d+): (.+)$", re.MULTILINE)


class Result(NamedTuple):
    """A mutant by its function and number, and what became of it."""

    function: str
    number: str
    became: str

    @property
    def name(self) -> str:
        """How mutmut calls it."""
        return f"{self.function}__mutmut_{self.number}"

    @property
    def module(self) -> str:
        """Where its function is."""
        return self.function.rpartition(".")[0]


class Mutant(NamedTuple):
    """A function with one change: the lines that it loses, and those that it has instead."""

    where: str
    before: str
    after: str


def main(only: str, workers: int) -> None:
    """Make the mutants of a fresh project, run their tests, and compare what survives."""
    mutated = [file for file in MUTATED if only in file]
    with tempfile.TemporaryDirectory() as folder:
        project = render(take_snapshot(Path(folder) / "snapshot"), Path(folder) / "project", {})
        prepare(project, mutated)
        program(project, "mutmut", "run", "--max-children", str(workers))
        results = results_of(project, mutated)
        survived = [shown(project, result) for result in results if result.became not in KILLED]
    report(results)
    modules = tuple(f"{file.removesuffix('.py').replace('/', '.')}." for file in mutated)
    short = len(survived) > len(results) * (100 - TARGET) / 100
    sys.exit(judge(survived, modules) or short)


def prepare(project: Path, mutated: list[str]) -> None:
    """Tell mutmut what to do, and undecorate functions, which it would leave alone."""
    with (project / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS.format(mutated=json.dumps(mutated), tests=json.dumps(TESTS)))
    for name in mutated:
        path = project / name
        path.write_text(undecorated(path.read_text(encoding="utf-8")), encoding="utf-8")


def undecorated(text: str) -> str:
    """Write decorators of functions as calls that follow them: the same program."""
    lines = text.splitlines()
    for function in sorted(functions(ast.parse(text)), key=lambda node: -node.lineno):
        for decorator in function.decorator_list:
            indent = " " * (decorator.col_offset - 1)
            call = f"{ast.unparse(decorator)}({function.name})"
            lines.insert(function.end_lineno or 0, f"{indent}{function.name} = {call}")
            gone = slice(decorator.lineno - 1, decorator.end_lineno)
            lines[gone] = [""] * len(lines[gone])
    return "\n".join([*lines, ""])


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions of a module."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def results_of(project: Path, mutated: list[str]) -> list[Result]:
    """Read what became of each mutant; try those that only an import brings to life."""
    program(project, *PYTEST, *AT_IMPORT)  # without a mutant they are green
    listed = program(project, "mutmut", "results", "--all", "True")
    imported = {name for file in mutated for name in called_at_import(project, file)}
    return [
        result._replace(became=written_in(project, result))
        if result.function in imported
        else result
        for result in (Result(*found) for found in LINE.findall(listed))
    ]


def called_at_import(project: Path, file: str) -> list[str]:
    """Name, as mutmut does, the functions of a module that it calls itself while imported."""
    tree = ast.parse((project / file).read_text(encoding="utf-8"))
    for function in functions(tree):
        function.body = []
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    module = file.removesuffix(".py").replace("/", ".")
    return [
        f"{module}.x_{function.name}" for function in functions(tree) if function.name in called
    ]


def written_in(project: Path, result: Result) -> str:
    """Write a mutant into its file, run the tests that are told by it, and take it back."""
    path = project / f"{result.module.replace('.', '/')}.py"
    text = path.read_text(encoding="utf-8")
    program(project, "mutmut", "apply", result.name)
    done = run(project, *PYTEST, *AT_IMPORT)
    path.write_text(text, encoding="utf-8")
    return "killed" if done.returncode else SURVIVED


def program(project: Path, *command: str) -> str:
    """Run a program that must succeed, and return what it printed."""
    done = run(project, *command)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def run(project: Path, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program of mutmut's environment in a project."""
    return subprocess.run(
        [toolbox("mutation", with_projects=True) / name, *words],
        cwd=project,
        env=clean_environ(),
        capture_output=True,
        text=True,
        check=False,
    )


def shown(project: Path, result: Result) -> Mutant:
    """Ask mutmut what a mutant is: its number says nothing when the code has changed."""
    lines = program(project, "mutmut", "show", result.name).splitlines()
    lost = [line[1:].strip() for line in lines if line.startswith("-") and line[:3] != "---"]
    new = [line[1:].strip() for line in lines if line.startswith("+") and line[:3] != "+++"]
    where = result.function.replace(".x_", ".").replace("xǁ", "").replace("ǁ", ".")
    return Mutant(where, "\n".join(lost), "\n".join(new))


def report(results: list[Result]) -> None:
    """Print what became of the mutants of each module."""
    made = Counter(result.module for result in results)
    killed = Counter(result.module for result in results if result.became in KILLED)
    print("Mutants of services and models of the default project, killed by its tests:")
    for module in sorted(made):
        print(f"  {module:28} {killed[module]:4} of {made[module]:4}")
    share = 100 * killed.total() / made.total()
    print(f"  {'all':28} {killed.total():4} of {made.total():4}: {share:.1f} % (at least {TARGET})")


def judge(survived: list[Mutant], modules: tuple[str, ...]) -> bool:
    """Print what is not as it is listed, and tell whether anything is."""
    document = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))
    entries = [Mutant(each["where"], each["before"], each["after"]) for each in document["mutant"]]
    listed = Counter(each for each in entries if each.where.startswith(modules))
    new, gone = Counter(survived) - listed, listed - Counter(survived)
    for title, found in {"survives, and is not listed": new, "is listed, and killed": gone}.items():
        for mutant in found.elements():
            print(f"\n{mutant.where} {title}:\n- {mutant.before}\n+ {mutant.after}")
    print(f"\n{len(survived)} survive, {new.total()} of them not listed.")
    return bool(new or gone)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the path of the modules to mutate")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    main(arguments.only, arguments.workers)
