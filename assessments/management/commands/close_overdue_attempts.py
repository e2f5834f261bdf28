from typing import Any

from django.core.management.base import BaseCommand

from assessments import regrading
from assessments.attempts import close_overdue


class Command(BaseCommand):
    help = (
        "Hand in every attempt whose time has run out, with the answers that were saved. "
        "Any page of an attempt does the same for itself; run this every few minutes so that "
        "results do not wait until somebody looks. Regrades whose task was killed are carried on."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{close_overdue()} attempts handed in")
        regrading.tend()
