"""The forms of accounts."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Regexp

from app.accounts.models import EMAIL_LENGTH, USERNAME_LENGTH, USERNAME_PATTERN
from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH


class ProfileForm(FlaskForm):
    """What a user can change."""

    username = StringField(
        "Username",
        [
            DataRequired(),
            Length(max=USERNAME_LENGTH),
            Regexp(USERNAME_PATTERN, message="Use letters, digits, dots, dashes and underscores."),
        ],
    )
    email = EmailField("E-mail", [DataRequired(), Length(max=EMAIL_LENGTH), Email()])

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names that the service uses."""
        return {"username": self.username.data, "email": self.email.data}


class RegisterForm(ProfileForm):
    """What a new user says."""

    password = PasswordField("Password", [DataRequired(), Length(MIN_LENGTH, MAX_LENGTH)])
    confirm_password = PasswordField(
        "Password again",
        [DataRequired(), EqualTo("password", message="The two passwords differ.")],
    )

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names that the service uses."""
        return super().values() | {"password": self.password.data}


class LoginForm(FlaskForm):
    """What proves who somebody is."""

    email = EmailField("E-mail", [DataRequired()])
    password = PasswordField("Password", [DataRequired()])

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names that the service uses."""
        return {"email": self.email.data, "password": self.password.data}
