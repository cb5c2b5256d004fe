"""Kinds of faults that many places can have: one fault for each, read off the code."""

from __future__ import annotations

from tests.faults.families import decorators, fields, statements, tables, templates

VIEWS = (
    decorators.bare,
    decorators.for_any_user,
    decorators.generous,
    decorators.other_statuses,
    decorators.by_link,
    statements.uncommitted,
    statements.silent,
    statements.unsent,
    statements.hasty,
    statements.unowned,
    statements.fine,
)
# Which files have which kinds.
FAMILIES = {
    "app/*/*api.py": VIEWS,
    "app/*/*pages.py": VIEWS,
    "app/*/cli.py": (statements.uncommitted,),
    "app/*/schemas.py": (fields.optional, fields.unchecked, fields.not_given),
    "app/*/forms.py": (fields.anything_typed,),
    "app/errors.py": (tables.no_entry, tables.other_status),
    "app/security.py": (tables.no_entry, tables.no_directive),
    "app/**/*.py": (statements.unrefused,),
    "app/templates/**/*.html": (templates.raw, templates.no_token),
}
