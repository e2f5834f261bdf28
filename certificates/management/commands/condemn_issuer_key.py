"""Enter that a private key fell into other hands."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates import keymaking, keys
from certificates.models import IssuerKey


class Command(BaseCommand):
    help = (
        "Enter that a private key was in other hands since a moment. What it signed from then on does not"
        " count, and new keys sign from now on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="the id of the key")
        parser.add_argument(
            "--since",
            type=_moment,
            metavar="MOMENT",
            help="such as 2027-03-01 or 2027-03-01T14:30, in UTC; without it, now",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = keymaking.condemn(key_id=options["key"], since=options["since"] or timezone.now())
        except IssuerKey.DoesNotExist as fault:
            raise CommandError(f"There is no key {options['key']}.") from fault
        moment = f"{key.compromised_at:%Y-%m-%d %H:%M}"
        self.stdout.write(f"What the key {key.key_id} signed from {moment} UTC on does not count.")
        try:
            made = keymaking.make_missing()
        except keys.NoKeys as fault:
            raise CommandError(str(fault)) from fault
        for new in made:
            self.stdout.write(f"Made the key {new.key_id} ({new.use}), which signs from now on.")


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
