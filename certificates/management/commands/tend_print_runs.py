"""Carry on print runs whose worker has died, and remove files that were kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from certificates import runs


class Command(BaseCommand):
    help = "Carries on print runs that were interrupted, and removes files of print runs after thirty days."

    def handle(self, *args: Any, **options: Any) -> None:
        carried_on, removed = runs.tend()
        if options["verbosity"] and (carried_on or removed):
            self.stdout.write(f"{carried_on} print runs carried on, {removed} files removed.")
