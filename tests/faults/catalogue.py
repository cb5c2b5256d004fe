"""Faults of the default app, each a small change that its suite must notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

GUARD = "@login_required\n"
EMAIL = "email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)"
UNIQUE = '        sa.UniqueConstraint("email", name=op.f("uq_users_email")),\n'
MODEL = ("app/accounts/models.py", EMAIL, EMAIL.replace(", unique=True", ""))
ERRORS = "app/errors.py"


@dataclass(frozen=True)
class Fault:
    """Texts that are replaced in files of a project, each of which stands there once."""

    name: str
    changes: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        """Name it."""
        return self.name

    def put_into(self, project: Path) -> None:
        """Make the changes."""
        for file, old, new in self.changes:
            path = project / file
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
            path.write_text(text.replace(old, new), encoding="utf-8")


FAULTS = (
    Fault("e-mail not unique in the model", (MODEL,)),
    Fault(
        "e-mail not unique at all",
        (MODEL, ("migrations/versions/0001_accounts.py", UNIQUE, "")),
    ),
    Fault(
        "no handler of the app's own errors",
        ((ERRORS, "    app.register_error_handler(AppError, handle_app_error)\n", ""),),
    ),
    Fault(
        "no handler of the framework's errors",
        ((ERRORS, "    app.register_error_handler(HTTPException, handle_http_exception)\n", ""),),
    ),
    Fault(
        "no logout_user",
        (("app/accounts/session.py", "    flask_login.logout_user()\n", ""),),
    ),
    Fault(
        "no owner check",
        (("app/posts/service.py", "if post.author_id != user.id:", "if not user:"),),
    ),
    Fault(
        "CSRF off",
        (
            (
                "app/csrf.py",
                "    csrf.init_app(app)\n",
                '    app.jinja_env.globals["csrf_token"] = str\n',
            ),
        ),
    ),
)


def unguarded_views(project: Path) -> list[Fault]:
    """Make a fault of each view that says @login_required: that it does not."""
    found = []
    for path in sorted(project.glob("app/**/*.py")):
        parts = path.read_text(encoding="utf-8").split(GUARD)
        for number, rest in enumerate(parts[1:], start=1):
            view = rest.partition("def ")[2].partition("(")[0]
            # As much around it as makes the place the only one.
            around = parts[number - 1].rpartition("\n\n")[2], rest.partition("\n\n\n")[0]
            file = path.relative_to(project).as_posix()
            change = (file, GUARD.join(around), "".join(around))
            found.append(Fault(f"{file}: {view} is for anybody", (change,)))
    return found
