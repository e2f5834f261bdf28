"""Production settings, served without TLS on this machine, plus the bare view."""

import os

os.environ.setdefault("SECRET_KEY", "benchmarks-only-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("SSL_REDIRECT", "false")

from portal.settings.production import *  # noqa: E402, F403

ROOT_URLCONF = "benchmarks.urls"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # 20,000 people are made in bulk
LOGGING_CONFIG = None
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
