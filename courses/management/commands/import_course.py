"""Load a course package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.package.archive import BadArchive
from courses.package.importing import import_course
from courses.package.reading import BadPackage


class Command(BaseCommand):
    help = (
        "Load course packages (folders or zips). Every fault is reported with its file and line; a package"
        " with faults changes nothing. What is loaded already under the same keys is brought up to date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packages", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for place in options["packages"]:
            try:
                done = import_course(place, actor=None)
            except BadPackage as bad:
                for problem in bad.problems:
                    self.stderr.write(str(problem))
                raise CommandError(f"{place.name}: {len(bad.problems)} faults; nothing was changed.") from bad
            except BadArchive as bad:
                raise CommandError(f"{place.name}: {bad}") from bad
            self.stdout.write(
                f"{done.course.code}: {done.pages} pages ({done.changed_pages} changed), "
                f"{done.changed_questions} questions changed."
            )
            for title in done.unpublished:
                self.stdout.write(f"  no longer in the package, unpublished: {title}")
