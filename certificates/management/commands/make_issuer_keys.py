"""Make the keys that sign certificates, or replace them."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates import keymaking, keys
from certificates.models import IssuerKey

DAYS = 30


class Command(BaseCommand):
    help = "Make the keys that sign certificates where there are none yet; with --rotate, replace them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rotate", action="store_true", help="make new keys; old ones verify for ever")
        parser.add_argument(
            "--overlap",
            type=int,
            default=DAYS,
            metavar="DAYS",
            help=f"days in which new keys are published and old ones still sign ({DAYS})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["overlap"] < 0:
            raise CommandError("--overlap must be a number of days from 0 up.")
        try:
            if options["rotate"]:
                made = keymaking.rotate(overlap=datetime.timedelta(days=options["overlap"]))
            else:
                made = keymaking.make_missing()
        except (keys.NoKeys, keymaking.Rotating) as fault:
            raise CommandError(str(fault)) from fault
        if not options["verbosity"]:
            return
        for key in made:
            self.stdout.write(_line(key))
        if not made:
            self.stdout.write("All keys are there already; nothing was made.")


def _line(key: IssuerKey) -> str:
    return f"Made the key {key.key_id} ({key.use}), which signs from {key.active_from:%Y-%m-%d %H:%M} UTC on."
