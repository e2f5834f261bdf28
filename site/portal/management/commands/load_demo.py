"""Load the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from certificates.keys import NoKeys
from portal.demo import signins
from portal.demo.loading import load


class Command(BaseCommand):
    help = "Load both courses and the demo people. Refuses where DEMO is not set."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo installation (DEMO is not true).")
        try:
            load()
        except NoKeys as fault:
            raise CommandError(str(fault)) from fault
        signins.write(settings.DATA / "signins.txt")
        self.stdout.write("The demo is loaded.")
