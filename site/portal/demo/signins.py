"""The demo's addresses and sign-ins, kept in a text file so that `make demo` shows them at once."""

from pathlib import Path

from django.utils import translation

from .people import GUIDES, PASSWORD

BASE = "http://localhost:@PORT@"


def write(place: Path) -> None:
    """Write the table into a file; `@PORT@` stands where the port goes."""
    with translation.override("en"):
        people = [f"  {g.role.label!s:16} {g.email:24} {BASE}{g.start}" for g in GUIDES]
    lines = [
        "",
        f"  Aula        {BASE}/es/    (also /en/ /pt/ /fr/ /ar/ /bn/)",
        f"  Staff area  {BASE}/en/staff/        Content editor  {BASE}/cms/",
        f"  Everybody's password:  {PASSWORD}",
        "",
        *people,
        "",
        "  Stop with Ctrl+C. The data stays in var/; `make reset` throws it away.",
        "",
    ]
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
