"""For the tests: fast passwords, mail in memory, tasks at once, plain static files."""

import os

from .base import *  # noqa: F403
from .base import DATA, DATABASES, STORAGES

DEBUG = False
DEMO = False
SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow hashes cost seconds here
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # of its own for each process of the tests: some count what lies there
        "OPTIONS": {"location": DATA / f"test-private{os.environ.get('PYTEST_XDIST_WORKER', '')}"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA / "test-media"
CERTIFICATE_KEYS = str(DATA / "test-keys")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if str(DATABASES["default"]["ENGINE"]).endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {}  # a pool would keep the test database from being dropped
