"""Edits of pages: texts, blocks, the menu, the style sheet."""

from __future__ import annotations

from tests.update.owner.edit import Addition, Edit, Work

ABOUT = """{% extends "base.html" %}

{% block title %}About us{% endblock %}

{% block content %}
<h1>About us</h1>
{% endblock %}
"""
STYLE = """
.site-footer__note {
  color: var(--ink-soft);
}
"""
NEWS = """
<section aria-labelledby="news">
  <h2 class="section-title" id="news">News</h2>
  <p>We have moved.</p>
</section>
"""

PAGES: list[Work] = [
    Addition("a page", "app/templates/about.html", ABOUT),
    Edit(
        "a title of the first page",
        "app/templates/home.html",
        "{% block title %}Good morning{% endblock %}\n",
        instead="{% block title %}Welcome{% endblock %}\n",
    ),
    Edit(
        "a section of the first page",
        "app/templates/home.html",
        NEWS,
        before='\n<section aria-labelledby="offer">\n',
    ),
    Edit(
        "a part of the menu",
        "app/templates/base.html",
        '    <li><a href="/healthz">Status</a></li>\n',
        before='    {% include "accounts/_menu.html" ignore missing %}\n',
    ),
    Edit(
        "a block of every page",
        "app/templates/base.html",
        '\n{% block footer %}<p class="site-footer__note">Ours</p>{% endblock %}\n',
    ),
    Edit(
        "a tag of the head",
        "app/templates/layout.html",
        '  <meta name="robots" content="noindex">\n',
        before="</head>\n",
    ),
    Edit(
        "a text of the footer",
        "app/templates/layout.html",
        "      {% block footer %}<p>{{ config.APP_NAME }} of Ann</p>{% endblock %}\n",
        instead="      {% block footer %}<p>{{ config.APP_NAME }}</p>{% endblock %}\n",
    ),
    Edit(
        "a text of the dashboard",
        "app/templates/accounts/dashboard.html",
        '    <p class="lead">What you have written so far.</p>\n',
        instead='    <p class="lead">Here is what is yours, the newest first.</p>\n',
    ),
    Edit(
        "a line of a post",
        "app/templates/posts/show.html",
        '  {% if post.subtitle %}<p class="lead">{{ post.subtitle }}</p>{% endif %}\n',
        before='  <div class="entry__text">{{ post.content }}</div>\n',
    ),
    Edit(
        "a text of a list",
        "app/templates/posts/index.html",
        '  <p class="empty__title">Nobody has written anything yet.</p>\n',
        instead='  <p class="empty__title">No posts yet.</p>\n',
    ),
    Edit(
        "a mark",
        "app/templates/_brand.html",
        '  <span class="brand__name">{{ config.APP_NAME }}, est. 1999</span>\n',
        instead='  <span class="brand__name">{{ config.APP_NAME }}</span>\n',
    ),
    Edit(
        "a label of a form",
        "app/posts/forms.py",
        '    title = StringField("Headline", [DataRequired(), Length(max=TITLE_LENGTH)])\n',
        instead='    title = StringField("Title", [DataRequired(), Length(max=TITLE_LENGTH)])\n',
    ),
    Edit(
        "a link of the page of errors",
        "app/templates/errors/error.html",
        '    <a class="button" href="mailto:help@example.com">Write to us</a>\n',
        after="Go to the home page</a>\n",
    ),
    Edit(
        "a colour",
        "app/static/style.css",
        "  --accent: #5a1460;\n",
        instead="  --accent: #14604a;\n",
    ),
    Edit("rules of style", "app/static/style.css", STYLE),
]
