"""What the API takes and gives of accounts; what a password must be like, the service says."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from app.accounts.models import (
    EMAIL_LENGTH,
    EMAIL_PATTERN,
    USERNAME_LENGTH,
    USERNAME_PATTERN,
    Role,
)
from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from app.api import Strict


def new_username() -> fields.String:
    """Return the field of a name that a user may have."""
    return fields.String(
        required=True,
        validate=[
            validate.Length(1, USERNAME_LENGTH),
            validate.Regexp(USERNAME_PATTERN, error="Only letters, digits and . _ - are allowed."),
        ],
    )


def new_email() -> fields.Email:
    """Return the field of an address that a user may have."""
    return fields.Email(
        required=True,
        validate=[
            validate.Length(max=EMAIL_LENGTH),
            validate.Regexp(EMAIL_PATTERN, error="Not a valid email address."),
        ],
    )


def new_password() -> fields.String:
    """Return the field of a password that a user may have."""
    return fields.String(
        required=True,
        metadata={"minLength": MIN_LENGTH, "maxLength": MAX_LENGTH, "format": "password"},
    )


class UserSchema(Schema):
    """A user, as the user is shown."""

    id = fields.Integer(required=True)
    username = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True, metadata={"enum": [*Role]})
    created_at = fields.AwareDateTime(required=True)
    confirmed_at = fields.AwareDateTime(required=True, allow_none=True)


class AccountSchema(UserSchema):
    """A user, as administrators are shown one."""

    active = fields.Boolean(required=True)


class RegisterSchema(Strict):
    """What a new user says."""

    username = new_username()
    email = new_email()
    password = new_password()


class AddressSchema(Schema):
    """Where a mail goes, if there is one to send."""

    email = fields.String(required=True)


class RegisteredSchema(AddressSchema):
    """What a new user is told, whoever has the address."""

    username = fields.String(required=True)


class ProfileSchema(Strict):
    """What users can change at any time."""

    username = new_username()


class CurrentPasswordSchema(Strict):
    """What is asked again before what matters."""

    current_password = fields.String(required=True)


class ChangePasswordSchema(CurrentPasswordSchema):
    """A new password in place of the old one."""

    password = new_password()


class ChangeEmailSchema(CurrentPasswordSchema):
    """A new address in place of the old one."""

    email = new_email()


class RightsSchema(Strict):
    """What administrators say of a user."""

    role = fields.String(validate=validate.OneOf([*Role]))
    active = fields.Boolean(truthy={True}, falsy={False})


class LoginSchema(Strict):
    """What proves who somebody is."""

    email = fields.String(required=True)
    password = fields.String(required=True)


class EmailSchema(Strict):
    """The address of an account."""

    email = new_email()


class CodeSchema(Strict):
    """What a mail holds."""

    code = fields.String(required=True)


class NewPasswordSchema(CodeSchema):
    """A new password, and what proves that it may be set."""

    password = new_password()


class RefreshSchema(Strict):
    """What renews a login."""

    refresh_token = fields.String(required=True)


class PairSchema(Schema):
    """What a login gives."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})
