"""The Django project of django_api with what our API has too: schemas, ids of requests, a log."""

from __future__ import annotations

import json
import os

SECRET_KEY = "key of a benchmark, nobody else's"
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "notes.urls"
INSTALLED_APPS = ["rest_framework", "notes"]
MIDDLEWARE = [
    "notes.middleware.log_requests",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
]
SECURE_CSP = {"default-src": ["'none'"], "form-action": ["'self'"], "frame-ancestors": ["'none'"]}
DATABASES = {"default": json.loads(os.environ["BENCH_DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"notes": {"handlers": ["console"], "level": "INFO"}},
}
REST_FRAMEWORK = {
    # Nobody is logged in, and there is no table of users to look into.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["notes.renderers.Envelope"],
}
