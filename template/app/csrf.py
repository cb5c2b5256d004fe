"""Forged forms are refused: every form carries a token that only its own session knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import CSRFProtect

if TYPE_CHECKING:
    from flask import Flask

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Check the token of every unsafe request."""
    csrf.init_app(app)
