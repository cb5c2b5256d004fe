"""What an image and its compose file say, read well enough to do the same without an engine."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<text>[^}]*))?\}")


@dataclass
class Stage:
    """One stage of a Dockerfile: its instructions in order, as (keyword, text)."""

    base: str
    instructions: list[tuple[str, str]] = field(default_factory=list)

    def all(self, keyword: str) -> list[str]:
        """Return the texts of the instructions with a keyword."""
        return [text for word, text in self.instructions if word == keyword]

    def command(self, keyword: str) -> list[str]:
        """Return the command of the one CMD or HEALTHCHECK, which must be in exec form."""
        (text,) = self.all(keyword)
        found: list[str] = json.loads(text[text.index("[") :])
        return found

    def environ(self) -> dict[str, str]:
        """Return what its ENV instructions set."""
        pairs = (pair.partition("=") for text in self.all("ENV") for pair in shlex.split(text))
        return {name: value for name, _, value in pairs}

    def copied(self) -> list[str]:
        """Name what it copies from the project, not from other stages."""
        return [
            source
            for text in self.all("COPY")
            if not text.startswith("--from=")
            for source in text.split()[:-1]
        ]


def stages(project: Path) -> list[Stage]:
    """Read the stages of a project's Dockerfile."""
    text = (project / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found: list[Stage] = []
    for line in "\n".join(lines).replace("\\\n", "").splitlines():
        keyword, _, rest = line.partition(" ")
        if keyword == "FROM":
            found.append(Stage(rest))
        elif keyword:
            found[-1].instructions.append((keyword, rest.strip()))
    return found


def assemble(project: Path, stage: Stage, image: Path) -> None:
    """Copy into a folder what a stage copies from the project; a star may match nothing."""
    image.mkdir()
    for source in stage.copied():
        paths = [*project.glob(source)]
        if not paths and "*" not in source:
            raise FileNotFoundError(f"the Dockerfile copies {source}, which is not there")
        for path in paths:
            if path.is_dir():
                shutil.copytree(path, image / path.name)
            else:
                shutil.copy(path, image)


def compose(project: Path) -> dict[str, Any]:
    """Read a project's compose file."""
    document: dict[str, Any] = yaml.safe_load((project / "compose.yaml").read_text("utf-8"))
    return document


def interpolated(text: str, environ: Mapping[str, str]) -> str:
    """Replace the variables of a value as compose does."""

    def value(variable: re.Match[str]) -> str:
        given = environ.get(variable["name"], "")
        if given or variable["kind"] == "-":
            return given or variable["text"]
        raise KeyError(f"{variable['name']}: {variable['text']}")

    return VARIABLE.sub(value, text)


def required(text: str) -> set[str]:
    """Name the variables without which compose does not start."""
    return {found["name"] for found in VARIABLE.finditer(text) if found["kind"] != "-"}
