"""Edits beside the code: dependencies, rules, documents, workflow, containers."""

from __future__ import annotations

from tests.update.owner.edit import Addition, Deletion, Edit, Work

SECTION = """## Who to ask

Ann, at the desk by the window.

"""
JOB = """  deploy:
    name: Deploy
    runs-on: ubuntu-latest
    timeout-minutes: 5
    needs: ci
    if: github.ref == 'refs/heads/main'
    steps:
      - name: Tell the server
        run: echo deployed
"""
STEP = """      - name: Check the spelling
        run: uv run codespell
"""
REDIS = """
  redis:
    image: redis:8
    restart: unless-stopped
"""

PAPERS: list[Work] = [
    Edit(
        "a dependency",
        "pyproject.toml",
        '    "httpx>=0.27",\n',
        after='    "gunicorn>=27",\n',
    ),
    Edit(
        "a dependency of the tests",
        "pyproject.toml",
        '    "codespell>=2.3",\n',
        before='    "factory-boy>=3.3.3",\n',
    ),
    Edit(
        "a version",
        "pyproject.toml",
        'version = "1.4.2"\n',
        instead='version = "0.1.0"\n',
    ),
    Edit(
        "a marker",
        "pyproject.toml",
        '    "nightly: takes all night",\n',
        after='    "slow: takes more than a second",\n',
    ),
    Edit(
        "a rule that is left out",
        "pyproject.toml",
        '    "ERA001", # we keep what we may need again\n',
        after='    "UP040", "UP046", "UP047", # generics that Python 3.11 reads too\n',
    ),
    Edit("settings of a tool", "pyproject.toml", '\n[tool.codespell]\nskip = "*.css"\n'),
    Edit("a section", "README.md", SECTION, before="## Licence\n"),
    Edit(
        "a first line",
        "README.md",
        "# My Flask app of Ann\n",
        instead="# My Flask app\n",
    ),
    Edit("a point of a list", "README.md", "- bookmarks\n", before="\n## Start\n"),
    Edit(
        "a holder",
        "LICENSE",
        "Copyright (c) Ann\n",
        instead="Copyright (c) The authors\n",
    ),
    Edit(
        "fewer Pythons",
        ".github/workflows/ci.yml",
        '        python:\n          - "3.12"\n',
        instead='        python:\n          - "3.11"\n          - "3.12"\n',
    ),
    Edit("a job", ".github/workflows/ci.yml", f"\n{JOB}"),
    Edit(
        "a step",
        ".github/workflows/ci.yml",
        STEP,
        after="        run: uv run mypy\n",
    ),
    Edit(
        "a package of the image",
        "Dockerfile",
        "RUN apt-get update && apt-get install --yes libmagic1\n",
        before="# The instance folder is all that the app may write to.\n",
    ),
    Edit("a variable of the image", "Dockerfile", "ENV TZ=Europe/Vienna\n", before="USER 10001\n"),
    Edit("a service", "compose.yaml", REDIS, before="\nvolumes:\n  database:"),
    Edit(
        "a variable of the containers",
        "compose.yaml",
        "    SUPPORT_ADDRESS: ${SUPPORT_ADDRESS:-}\n",
        after="    WEB_CONCURRENCY: ${WEB_CONCURRENCY:-2}\n",
    ),
    Edit("an example", ".env.example", "\n# Who helps.\n#SUPPORT_ADDRESS=help@example.com\n"),
    Edit("what is ignored", ".gitignore", "\n# Ours.\n/dumps/\n"),
    Edit("what the image may have", ".dockerignore", "!docs\n", after="!migrations\n"),
    Edit("a rule of editors", ".editorconfig", "\n[Makefile]\nindent_style = tab\n"),
    Addition("a guide", "docs/deploy.md", "# How to deploy\n\nAsk Ann.\n"),
    Addition("a makefile", "Makefile", "test:\n\tuv run pytest\n"),
    Addition("a file with a strange name", "docs/Über uns (alt).md", "# Über uns\n"),
    Deletion("no updates of dependencies", ".github/dependabot.yml"),
    Deletion("no picture", "app/static/rings.svg"),
]
