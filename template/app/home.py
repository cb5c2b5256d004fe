"""The page that everyone sees first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from app import db
from app.posts import service

if TYPE_CHECKING:
    from flask import Flask

LATEST = 3

blueprint = Blueprint("home", __name__)


def init_app(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> str:
    """Show what the app is for, and its latest posts."""
    return render_template(
        "home.html", posts=service.list_posts(db.session(), per_page=LATEST).items
    )
