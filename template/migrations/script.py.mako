"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${"\n" + imports if imports else ""}
revision = "${up_revision}"
down_revision: str | None = ${'"%s"' % down_revision if down_revision else "None"}
branch_labels = ()
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take it back."""
    ${downgrades if downgrades else "pass"}
