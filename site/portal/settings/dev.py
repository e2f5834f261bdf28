"""For work on Aula and for `make demo`: everything embedded, mail lands in a folder."""

import os
import secrets

from . import environment as env
from .base import *  # noqa: F403
from .base import DATA

DEBUG = env.flag("DEBUG", True)
DEMO = env.flag("DEMO", True)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")

_key_file = DATA / "secret_key"
if "SECRET_KEY" in os.environ:
    SECRET_KEY = env.secret("SECRET_KEY")
else:
    # made once per checkout, so that sessions outlive a restart and no secret is in the repository
    DATA.mkdir(parents=True, exist_ok=True)
    if not _key_file.exists():
        _key_file.write_text(secrets.token_urlsafe(48))
        _key_file.chmod(0o600)
    SECRET_KEY = _key_file.read_text()

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA / "mail"},
    }
}
# `make demo` runs a worker beside the site; whoever runs the site alone waits for each task
if not env.flag("TASK_WORKER", False):
    TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
