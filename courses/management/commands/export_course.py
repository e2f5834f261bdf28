"""Write a course out as a package."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.models import Course
from courses.package.exporting import export_course
from courses.package.markup import MarkupError


class Command(BaseCommand):
    help = "Write a course as a package: a folder, or a zip when the name ends in .zip."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the code of the course, for example TIP-101")
        parser.add_argument("place", type=Path)
        parser.add_argument("--package-version", type=int, default=1, help="stated in the manifest")

    def handle(self, *args: Any, **options: Any) -> None:
        course = Course.objects.filter(code=options["code"]).first()
        if course is None:
            raise CommandError(f"There is no course {options['code']}.")
        place: Path = options["place"]
        if place.exists() and (place.is_file() or any(place.iterdir())):
            raise CommandError(f"{place} exists already and is not empty.")
        try:
            count = export_course(course, place, version=options["package_version"])
        except MarkupError as error:
            raise CommandError(f"{course.code} cannot be written without loss: {error}.") from error
        self.stdout.write(f"{course.code}: {count} files in {place}.")
