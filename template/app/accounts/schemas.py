"""What the API takes and gives of accounts."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from app.accounts.models import EMAIL_LENGTH, USERNAME_LENGTH, USERNAME_PATTERN
from app.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from app.api import Strict


class UserSchema(Schema):
    """A user, as users see one."""

    id = fields.Integer(required=True)
    username = fields.String(required=True)
    email = fields.String(required=True)
    role = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class RegisterSchema(Strict):
    """What a new user says."""

    username = fields.String(
        required=True,
        validate=[
            validate.Length(1, USERNAME_LENGTH),
            validate.Regexp(USERNAME_PATTERN, error="Only letters, digits and . _ - are allowed."),
        ],
    )
    email = fields.Email(required=True, validate=validate.Length(max=EMAIL_LENGTH))
    password = fields.String(required=True, validate=validate.Length(MIN_LENGTH, MAX_LENGTH))


class LoginSchema(Strict):
    """What proves who somebody is."""

    email = fields.String(required=True)
    password = fields.String(required=True)


class RefreshSchema(Strict):
    """What renews a login."""

    refresh_token = fields.String(required=True)


class PairSchema(Schema):
    """What a login gives."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})
