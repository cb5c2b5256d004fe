"""A whole run of the workflow on one Python, job after job, its artifacts in one folder."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from tests.workflow.github import Done, Job, legs, read

if TYPE_CHECKING:
    from pathlib import Path


class Run:
    """The jobs of one run, and what became of them."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.project, self.folder = project, folder
        self.jobs = read(project)["jobs"]
        self.python = legs(self.jobs["test"])[0]["python"]
        self.results: dict[str, str] = {}

    def shards(self, count: int | None = None, database_url: str = "") -> list[Done]:
        """Do the job of each shard: as many as the workflow says, or another number."""
        found = [leg for leg in legs(self.jobs["test"]) if leg["python"] == self.python]
        if count:
            found = [found[0] | {"shard": str(n + 1), "of": str(count)} for n in range(count)]
        services = {"TEST_DATABASE_URL": database_url} if database_url else {}
        done = [self.job("test", leg).run(**services) for leg in found]
        failed = any(each.result == "failure" for each in done)
        self.results["test"] = "failure" if failed else "success"
        return done

    def coverage(self) -> Done:
        """Do the job that puts together what they found."""
        done = self.job("coverage", {"python": self.python}).run()
        self.results["coverage"] = done.result
        return done

    def verdict(self) -> str:
        """Do the last job; of the others those that were not done succeeded, or were skipped."""
        results = {"lint": "success", "coverage": "skipped", "image": "success", **self.results}
        needs = {name: {"result": results[name]} for name in self.jobs["ci"]["needs"]}
        return self.job("ci", {}, needs=needs).run().result

    def job(self, name: str, leg: dict[str, str], **contexts: Any) -> Job:
        """Return one leg of a job, on a machine of its own."""
        folder = self.folder / "-".join((name, *leg.values()))
        return Job(self.project, folder, name, matrix=leg, **contexts)

    @property
    def kept(self) -> Path:
        """Return the folder of the artifacts."""
        return self.folder / "artifacts"

    def lists(self) -> list[Path]:
        """Return the list of tests, with their seconds, that each shard has kept."""
        return sorted(self.kept.glob(f"shard-{self.python}-*/.test_durations"))

    def ran(self) -> list[str]:
        """Name the tests that the shards have run."""
        return [name for file in self.lists() for name in json.loads(file.read_text("utf-8"))]

    def again(self, folder: Path) -> Run:
        """Return another run, of which the shards are done and have found the same."""
        other = Run(self.project, folder)
        shutil.copytree(self.kept, other.kept)
        other.results["test"] = self.results["test"]
        return other
