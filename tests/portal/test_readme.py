"""What the README promises a newcomer is what there is."""

import re
from pathlib import Path

from django.conf import settings

from accounts.roles import Role
from portal.demo.people import GUIDES, PARTICIPANTS, PASSWORD

ROOT = Path(settings.ROOT)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_everybody_who_signs_in_to_the_demo_stands_in_the_readme() -> None:
    for guide in GUIDES:
        row = next(line for line in README.splitlines() if f"`{guide.email}`" in line)
        assert guide.name in row
        assert str(Role(guide.role).label) in row
        assert f"`{guide.start}`" in row
    assert README.count("@demo.example") == len(GUIDES)


def test_the_password_is_shown_by_the_demo_alone() -> None:
    assert PASSWORD not in README


def test_the_cohort_is_as_large_as_the_readme_says() -> None:
    countries = {person.country for person in PARTICIPANTS}
    assert f"{len(PARTICIPANTS)} judges and prosecutors from {len(countries)} countries" in README


def test_documents_link_only_to_what_exists() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")]
    documents += [*(ROOT / "site").glob("*/README.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (document.parent / target).exists()
    ]
    assert broken == []
