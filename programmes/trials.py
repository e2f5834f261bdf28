"""Designs tried with the courses there are: samples, and what to warn of in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from certificates import designs
from certificates.drawings import BETWEEN
from certificates.locales import hours
from certificates.models import Design
from certificates.pdf.document import SIGNATURES
from certificates.pdf.typesetting import Misfit
from certificates.samples import Sample, Trial
from courses.models import Course
from translation.reading import base_language, language_name

# what the layout calls the parts of a paper
PARTS = {
    "organisation": gettext_lazy("The name of the institute"),
    "title": gettext_lazy("The heading"),
    "lead": gettext_lazy("The words over the name"),
    "name": gettext_lazy("The name"),
    "latin_name": gettext_lazy("The name in Latin letters"),
    "statement": gettext_lazy("The words over the course"),
    "course": gettext_lazy("The title of the course"),
    "grade": gettext_lazy("The grade"),
    "detail": gettext_lazy("The line with hours and date"),
    "wording": gettext_lazy("The wording of the course"),
    "issued_line": gettext_lazy("The place and date of issue"),
    "accreditation": gettext_lazy("The accreditation"),
    "signatory": gettext_lazy("The name or office of who signs"),
    "number": gettext_lazy("The number and the address"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A trial as the page shows it."""

    trial: Trial
    names: str
    url: str
    warnings: list[str]


def courses_for(design: Design) -> QuerySet[Course]:
    """The courses whose certificates the design may be for."""
    courses = Course.objects.order_by("code")
    if design.course_code:
        return courses.filter(code=design.course_code)
    taken = Design.objects.exclude(course_code="").values("course_code")
    return courses.exclude(code__in=taken)


def sample_of(course: Course | None, *, has_long_name: bool) -> Sample:
    """What a design is tried with: a course as it is titled in each language, else in its source."""
    if course is None:
        title = _("Title of a course")
        return Sample(
            course_code="ABC-101",
            course_titles=dict.fromkeys(designs.LANGUAGES, title),
            wordings={},
            hours=Decimal(18),
            has_long_name=has_long_name,
        )
    source = course.source_language
    titles = {code: getattr(course, f"title_{code}") for code in designs.LANGUAGES}
    wordings = {code: getattr(course, f"certificate_wording_{code}") or "" for code in designs.LANGUAGES}
    return Sample(
        course_code=course.code,
        course_titles={code: title or titles[source] for code, title in titles.items()},
        wordings={code: words or wordings[source] for code, words in wordings.items()},
        hours=course.hours,
        has_long_name=has_long_name,
    )


def shown(trial: Trial, design: Design, query: str) -> Shown:
    """A trial with its address and its warnings in words."""
    language = BETWEEN.join(trial.languages)
    warnings = [_misfit(one) for one in trial.misfits]
    if not trial.is_translated:
        warnings.append(_("Not all fixed words of this kind are translated yet."))
    if trial.missing:
        warnings.append(_("Our fonts have no letters for this: %(letters)s") % {"letters": trial.missing})
    address = reverse("programmes:design_sample", args=[design.key, trial.kind.value, language])
    return Shown(
        trial, " + ".join(language_name(code) for code in trial.languages), address + query, warnings
    )


def picture_of(design: Design, slot: str) -> Any:
    """The image field of a slot, empty where there is none."""
    if slot in designs.SLOTS:
        return getattr(design, slot)
    if slot in SIGNATURES:
        who = design.signatories.filter(place=SIGNATURES.index(slot) + 1).first()
        return who.signature if who else None
    return None


def _misfit(one: Misfit) -> str:
    words = _("%(part)s is set very small: %(size)s points, where it reads well from %(least)s.")
    part = PARTS.get(one.part, _("A line of the table"))
    language = base_language(get_language())
    size, least = (hours(Decimal(str(round(value, 1))), language) for value in (one.size, one.least))
    return words % {"part": part, "size": size, "least": least}
