"""The forms of accounts; what a password must be like, the service says."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Regexp

from app.accounts.models import EMAIL_LENGTH, USERNAME_LENGTH, USERNAME_PATTERN
from app.accounts.passwords import MIN_LENGTH
from app.errors import ConflictError, InvalidError

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSALS = (ConflictError, InvalidError)
# What a service is told of a form.
TOLD = ("username", "email", "current_password", "password")


class AccountForm(FlaskForm):
    """A form whose fields are named as the services name them."""

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names that the services use."""
        return {name: self[name].data for name in TOLD if name in self}


class ProfileForm(AccountForm):
    """What users can change at any time."""

    username = StringField(
        "Username",
        [
            DataRequired(),
            Length(max=USERNAME_LENGTH),
            Regexp(USERNAME_PATTERN, message="Use letters, digits, dots, dashes and underscores."),
        ],
    )


class NewEmailForm(AccountForm):
    """An address to be confirmed."""

    email = EmailField(
        "E-mail",
        [
            DataRequired(),
            Length(max=EMAIL_LENGTH),
            Email(),
            # The rest of EMAIL_PATTERN; with all of it, most would be told twice.
            Regexp(r"[ -~]*\Z", message="Use an address of plain letters, without accents."),
        ],
    )


class EmailForm(AccountForm):
    """The address of an account."""

    email = EmailField("E-mail", [DataRequired()])


class CurrentPasswordForm(AccountForm):
    """What is asked again before what matters."""

    current_password = PasswordField("Current password", [DataRequired()])


class NewPasswordForm(AccountForm):
    """A new password, typed twice."""

    password = PasswordField(
        "Password",
        [DataRequired()],
        description=f"At least {MIN_LENGTH} characters. A few words in a row work well.",
    )
    confirm_password = PasswordField(
        "Password again",
        [DataRequired(), EqualTo("password", message="The two passwords differ.")],
    )


class RegisterForm(ProfileForm, NewEmailForm, NewPasswordForm):
    """What a new user says."""


class ChangePasswordForm(CurrentPasswordForm, NewPasswordForm):
    """A new password in place of the old one."""


class ChangeEmailForm(NewEmailForm, CurrentPasswordForm):
    """A new address in place of the old one."""


class LoginForm(AccountForm):
    """What proves who somebody is."""

    email = EmailField("E-mail", [DataRequired()])
    password = PasswordField("Password", [DataRequired()])
    remember = BooleanField("Keep me logged in")


@contextmanager
def explained(form: AccountForm) -> Iterator[None]:
    """Put what a service refuses beside the fields that it means."""
    try:
        yield
    except REFUSALS as error:
        if not error.details or not all(name in form for name in error.details):
            raise
        for name, errors in error.details.items():
            form[name].errors = errors
