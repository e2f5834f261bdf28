"""Proofread course packages."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.content.checks import faults


class Command(BaseCommand):
    help = (
        "Proofread course packages: missing translations, paragraphs that do not match, English left over, "
        "renderings that the treaties forbid, terms without definition, pictures without words, dead links, "
        "questions that teach nothing. Every fault comes with its file and line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("packages", nargs="+", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        found = {place: faults(place) for place in options["packages"]}
        for place, list_of in found.items():
            for fault in list_of:
                self.stderr.write(f"{place.name}/{fault}")
        if count := sum(map(len, found.values())):
            raise CommandError(f"{count} faults.")
        self.stdout.write("No fault.")
