"""Where the pages are."""

# mypy: ignore-errors

from __future__ import annotations

from django.urls import path

from posts import views

urlpatterns = [
    path("", views.elsewhere, name="home"),
    path("posts", views.elsewhere, name="index"),
    path("posts/new", views.new, name="new"),
    path("posts/<int:post_id>", views.show, name="show"),
    path("posts/<int:post_id>/edit", views.elsewhere, name="edit"),
    path("posts/<int:post_id>/delete", views.elsewhere, name="delete"),
    path("dashboard", views.elsewhere, name="dashboard"),
    path("profile", views.elsewhere, name="profile"),
    path("login", views.elsewhere, name="login"),
    path("logout", views.elsewhere, name="logout"),
]
