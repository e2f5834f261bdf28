"""Remove files of questions that were handed in and not imported within a week."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.importing import pending


class Command(BaseCommand):
    help = "Removes files of questions that were handed in to be imported more than a week ago."

    def handle(self, *args: Any, **options: Any) -> None:
        removed = pending.tend()
        if options["verbosity"] and removed:
            self.stdout.write(f"{removed} imports removed.")
