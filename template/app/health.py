"""Whether the app is alive, and whether it is ready to serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import db

if TYPE_CHECKING:
    from flask import Flask

blueprint = Blueprint("health", __name__)
log = structlog.stdlib.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Add the two routes that a load balancer asks."""
    app.register_blueprint(blueprint)


@blueprint.get("/healthz")
def healthz() -> dict[str, str]:
    """Answer that the process is alive."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> tuple[dict[str, str], int]:
    """Answer whether the database can be reached."""
    try:
        db.session().execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("database unreachable")
        return {"status": "unavailable", "database": "unreachable"}, 503
    return {"status": "ok", "database": "ok"}, 200
