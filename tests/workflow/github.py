"""A small stand-in for GitHub: does a workflow's jobs, each in a clean clone of the project."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from tests.support.machine import pythons, uv
from tests.support.tools import clean_environ
from tests.workflow.artifacts import Artifacts
from tests.workflow.expressions import evaluate, insert

RUN = 17_512_345_678
PULL_REQUEST = {
    "event_name": "pull_request",
    "event": {"pull_request": {"number": 7}},
    "run_id": RUN,
}
PUSH = {"event_name": "push", "event": {}, "run_id": RUN}
# What GitHub makes of the key `shell`; without one, a failure inside of a pipe is not noticed.
SHELLS = {
    None: ("bash", "-e"),
    "bash": ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail"),
}


def read(project: Path) -> dict[str, Any]:
    """Read the workflow of a project."""
    text = (project / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    return document


def legs(job: dict[str, Any]) -> list[dict[str, str]]:
    """List the legs of a job's matrix, one without names where it has none."""
    matrix = job.get("strategy", {}).get("matrix", {})
    return [dict(zip(matrix, values, strict=True)) for values in product(*matrix.values())]


def git(folder: Path, *arguments: str | Path) -> None:
    """Call git as a user who has a name."""
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, env=clean_environ())


def commit(project: Path) -> None:
    """Make a repository of a project, as its owner would."""
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "First commit")


@dataclass
class Done:
    """What became of a job."""

    folder: Path
    result: str = "success"
    steps: dict[str, str] = field(default_factory=dict)
    output: str = ""


class Job:
    """One leg of one job, on a machine of its own; jobs in one folder are of one run."""

    def __init__(self, project: Path, folder: Path, name: str, **contexts: Any) -> None:
        self.workflow = read(project)
        self.document = self.workflow["jobs"][name]
        self.contexts = {"github": PULL_REQUEST, "matrix": {}, "needs": {}, **contexts}
        self.project = project
        self.done = Done(folder)
        self.artifacts = Artifacts(folder.parent / "artifacts")
        self.environ = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_RUN_ID": str(self.contexts["github"]["run_id"]),
        }
        folder.mkdir(parents=True)

    def run(self, **services: str) -> Done:
        """Do its steps in order; the addresses of services are given by the variable's name."""
        for place in (self.workflow, self.document):
            self.environ |= self.inserted(place.get("env", {}))
        self.environ |= {name: url for name, url in services.items() if name in self.environ}
        for number, step in enumerate(self.document["steps"], start=1):
            name = step.get("name") or step.get("uses") or f"step {number}"
            if not self.condition(step.get("if", "success()")):
                self.done.steps[name] = "skipped"
                continue
            succeeded = self.use(step) if "uses" in step else self.shell(step)
            self.done.steps[name] = "success" if succeeded else "failure"
            if not succeeded:
                self.done.result = "failure"
        return self.done

    def condition(self, text: str) -> bool:
        """Say whether a step is done; unless it asks, only while all before it succeeded."""
        expression = text.strip().removeprefix("${{").removesuffix("}}")
        asked = any(f"{name}()" in expression for name in ("always", "failure", "success"))
        wanted = evaluate(expression, self.contexts, self.functions())
        return bool(wanted) and (asked or self.done.result == "success")

    def functions(self) -> dict[str, Any]:
        """Return the functions that an expression may call."""
        return {
            "always": lambda: True,
            "failure": lambda: self.done.result == "failure",
            "success": lambda: self.done.result == "success",
            "hashFiles": lambda pattern: "a hash" if [*self.done.folder.glob(pattern)] else "",
            "join": lambda values, by: by.join(values),
        }

    def inserted(self, texts: dict[str, str]) -> dict[str, str]:
        """Return texts with the values of their expressions."""
        functions = self.functions()
        return {name: insert(text, self.contexts, functions) for name, text in texts.items()}

    def shell(self, step: dict[str, Any]) -> bool:
        """Run a script as GitHub does."""
        script = self.inserted(step)["run"] if "${{" in step["run"] else step["run"]
        result = subprocess.run(
            [*SHELLS[step.get("shell")], "-c", script],
            cwd=self.done.folder,
            env=clean_environ(**self.environ, **self.inserted(step.get("env", {}))),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        self.done.output += f"$ {script.strip()}\n{result.stdout}"
        return result.returncode == 0

    def use(self, step: dict[str, Any]) -> bool:
        """Do what an action would do here."""
        name, options = step["uses"].partition("@")[0], self.inserted(step.get("with", {}))
        if name == "actions/checkout":
            git(self.done.folder, "clone", "--quiet", self.project, ".")
        elif name == "astral-sh/setup-uv":
            self.environ["UV_PYTHON"] = str(pythons()[options["python-version"]])
            self.environ["UV_PYTHON_DOWNLOADS"] = "never"
            self.environ["PATH"] = f"{Path(uv()).parent}:{clean_environ()['PATH']}"
        elif name == "actions/upload-artifact":
            return self.artifacts.upload(self.done.folder, options)
        elif name == "actions/download-artifact":
            return self.artifacts.download(self.done.folder, options)
        else:
            sys.exit(f"{name} is an action that these tests do not know")
        return True
