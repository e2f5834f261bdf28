"""How a process that only draws begins and ends. Imports no model: these wait for Django's start."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def begin() -> None:
    """Start Django, and see that this process does not outlive the one that it draws for."""
    import django

    django.setup()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
