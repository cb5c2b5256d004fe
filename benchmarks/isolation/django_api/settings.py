"""A Django project with what our API without accounts has: headers, no sessions, no users."""

from __future__ import annotations

import json
import os

SECRET_KEY = "key of a benchmark, nobody else's"
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "notes.urls"
INSTALLED_APPS = ["notes"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {"default": json.loads(os.environ["BENCH_DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
