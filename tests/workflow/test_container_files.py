"""The Dockerfile and the compose file keep their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.workflow.containers import compose, required, stages
from tests.workflow.projects import PROJECTS

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_else_reaches_the_image(project: Path) -> None:
    """The context is what the Dockerfile copies: no secret, no database, no test."""
    first, *others = (project / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    wanted = {f"!{name.rstrip('*')}" for stage in stages(project) for name in stage.copied()}
    assert first == "*"
    assert {line for line in others if line.startswith("!")} == wanted


def test_image_is_modest(project: Path) -> None:
    """It runs as nobody in particular, on pinned images, in production's configuration."""
    *_, build, last = stages(project)
    assert last.all("USER") == ["10001"]
    assert last.environ()["APP_ENV"] == "production"
    assert build.base.removesuffix(" AS build") == last.base
    assert all(":" in stage.base and "latest" not in stage.base for stage in stages(project))


def test_compose_wants_settings(project: Path, database: str) -> None:
    """It does not start without secrets of its owner's own, and holds none itself."""
    text = (project / "compose.yaml").read_text(encoding="utf-8")
    wanted = {"SECRET_KEY", "TRUSTED_HOSTS"}
    wanted |= {"JWT_SECRET_KEY"} if PROJECTS[database].get("auth", "both") != "session" else set()
    wanted |= {"DATABASE_PASSWORD"} if database != "sqlite" else set()
    assert required(text) == wanted
    example = (project / ".env.example").read_text(encoding="utf-8")
    assert all(f"\n#{name}=" in example for name in wanted)


def test_compose_waits(project: Path, database: str) -> None:
    """The app waits for its migrations, these for a healthy database; its data has a volume."""
    document: dict[str, Any] = compose(project)
    services = document["services"]
    order = {
        name: [(other, state["condition"]) for other, state in service["depends_on"].items()]
        for name, service in services.items()
        if "depends_on" in service
    }
    wanted = {"web": [("migrate", "service_completed_successfully")]}
    if database != "sqlite":
        wanted["migrate"] = [("database", "service_healthy")]
        assert "healthcheck" in services["database"]
    assert order == wanted
    holder = services["web" if database == "sqlite" else "database"]
    assert [mount.partition(":")[0] for mount in holder["volumes"]] == [*document["volumes"]]
