"""Print how much of each course stands in which language."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from courses.content.coverage import report

COURSES = ("trafficking-smuggling", "judging-without-bias")


class Command(BaseCommand):
    help = "Print the words and questions of the courses in the repository by language, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        packages = Path(settings.ROOT) / "courses" / "packages"
        self.stdout.write(report([packages / name for name in COURSES]), ending="")
