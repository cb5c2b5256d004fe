"""The test of test_pages.py, in Django."""

# mypy: ignore-errors

from __future__ import annotations

import os
import re
from http import HTTPStatus

import factory
import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client
from factory.django import DjangoModelFactory
from posts.models import Post

TESTS = int(os.environ["BENCH_TESTS"])
BOTH = 2
TOKEN = re.compile(r'name="csrfmiddlewaretoken"[^>]* value="([^"]+)"')


class UserFactory(DjangoModelFactory):
    """Makes users as ours does."""

    class Meta:
        """What it makes."""

        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    password = factory.LazyFunction(lambda: make_password("correct horse battery"))


@pytest.fixture
def user(db: None) -> User:  # noqa: ARG001
    """Return a user."""
    return UserFactory.create(username="ann")


@pytest.fixture
def auth_client(user: User) -> Client:
    """Return a client that the user has logged in with; CSRF protection stays on, as in ours."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize("number", range(TESTS))
def test_one_row_is_shown_and_a_second_is_made(
    number: int, auth_client: Client, user: User
) -> None:
    """Do what most tests of an app do; the page that shows the row has the form's token."""
    post = Post.objects.create(title=f"First {number}", content="Text", author=user)

    shown = auth_client.get(f"/posts/{post.id}")
    assert shown.status_code == HTTPStatus.OK
    assert f"First {number}" in shown.text

    token = TOKEN.search(shown.text)[1]
    fields = {"csrfmiddlewaretoken": token, "title": "Second", "content": "Text"}
    made = auth_client.post("/posts/new", fields)
    assert made.status_code == HTTPStatus.FOUND
    assert Post.objects.count() == BOTH
