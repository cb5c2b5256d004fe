"""A plugin of pytest that moves the whole run to the moment that EVERGREEN_MOMENT names."""

from __future__ import annotations

import importlib
import os
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Go there before anything is imported; time goes on from there."""
    moment = datetime.fromisoformat(os.environ["EVERGREEN_MOMENT"])
    journey = importlib.import_module("time_machine").travel(moment)
    journey.start()
    config.add_cleanup(journey.stop)
