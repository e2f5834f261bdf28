"""Load treaties and national provisions."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.package.law import import_law
from courses.package.reading import BadPackage


class Command(BaseCommand):
    help = (
        "Load a law folder: instruments.yaml and provisions/<CC>.yaml. A folder with faults changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = import_law(options["folder"], actor=None)
        except BadPackage as bad:
            for problem in bad.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(bad.problems)} faults; nothing was changed.") from bad
        self.stdout.write(
            f"{loaded.instruments} instruments, {loaded.articles} articles, "
            f"{loaded.provisions} provisions ({loaded.published} shown to learners)."
        )
