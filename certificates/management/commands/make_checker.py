"""Write the offline checker into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates import checker
from certificates.keys import NoKeys


class Command(BaseCommand):
    help = "Write the offline checker, with today's keys and list of withdrawn certificates, into a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=Path(checker.FILE))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            file.write_text(checker.build(), encoding="utf-8")
        except (NoKeys, OSError) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Written to {file}.")
