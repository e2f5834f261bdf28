"""Do the tasks of the demo, for as long as its server runs."""

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

LOOKS = 1.0  # seconds between two looks after the server
PATIENCE = 5.0  # seconds that a task gets to finish once the server has ended


class Command(BaseCommand):
    help = "Works through the task queue of the demo, and ends when its server has ended."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("server", type=int, help="the process of the server, whose child this is")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for the demo. An installation runs db_worker as a service.")
        threading.Thread(target=_end_with, args=(options["server"],), daemon=True).start()
        call_command("db_worker", queue_name="*", interval=1, reload=False, startup_delay=False, verbosity=0)


def _end_with(server: int) -> None:
    """Wait until the server is gone, then end this process: with its task if that is soon done."""
    while os.getppid() == server:
        time.sleep(LOOKS)
    # the first asks the worker to finish its task, the second to give it up
    for insisting in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        os.kill(os.getpid(), insisting)
        time.sleep(PATIENCE)
