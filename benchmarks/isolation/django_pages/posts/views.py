"""The pages of posts."""

# mypy: ignore-errors

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from posts.models import Post

if TYPE_CHECKING:
    from django.http import HttpRequest


class PostForm(forms.ModelForm):
    """What somebody writes of a post."""

    class Meta:
        """Of what."""

        model = Post
        fields = ("title", "content")


@require_GET
def show(request: HttpRequest, post_id: int) -> HttpResponse:
    """Show a post."""
    post = get_object_or_404(Post.objects.select_related("author"), pk=post_id)
    may_change = request.user.is_authenticated and request.user.pk == post.author_id
    return render(request, "show.html", {"post": post, "may_change": may_change})


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Add a post."""
    form = PostForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "new.html", {"form": form})
    form.instance.author = request.user
    post = form.save()
    messages.success(request, "The post is saved.")
    return redirect("show", post_id=post.pk)


def elsewhere(_request: HttpRequest) -> HttpResponse:
    """Stand for the pages that the menu names."""
    return HttpResponse("Elsewhere")
