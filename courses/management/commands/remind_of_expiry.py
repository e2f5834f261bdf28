"""Remind holders of certificates that end soon."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.expiry import remind_all


class Command(BaseCommand):
    help = (
        "Write to the holders of certificates that end in 90 or in 14 days, with the way to renew them."
        " Run it daily; nobody is told twice, and a day that was missed is made up for."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind_all()} reminders sent")
