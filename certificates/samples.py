"""Papers with invented people, on which a design is tried before anything is issued with it."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from certificates import designs, phrases, wording
from certificates.choices import GradeBand, Kind, State
from certificates.drawings import Paper, document
from certificates.models import Design
from certificates.pdf import Document, fits, uncovered
from certificates.pdf.typesetting import Misfit
from certificates.statements import Statement, Training

DAY = datetime.date(2026, 9, 23)  # a long month in every language
MOMENT = datetime.datetime(2026, 9, 23, 12, tzinfo=datetime.UTC)
NUMBER = "2026-7F3K-9QXD"
# a usual name and a long one, as judges have them where the language is spoken
NAMES = {
    "en": ("Amina Rahman", "The Honourable Justice Alexandra Wilhelmina Featherstonehaugh-Montgomery"),
    "es": ("María José Núñez Ibáñez", "María de los Ángeles Guadalupe Fernández de Córdoba y Etxeberria"),
    "pt": (
        "Conceição Guimarães Antão",
        "Maria da Conceição Albuquerque Cavalcanti de Vasconcelos Guimarães e Silva",
    ),
    "fr": ("Hélène Œuvrard-Lefèvre", "Marie-Françoise de La Rochefoucauld-Montbel d’Estournelles"),
    "ar": (
        "فاطمة بنت عبد الله المُعلَّى",
        "القاضية فاطمة الزهراء بنت عبد الرحمن بن محمد آل عبد العزيز المُعلَّى الهاشمية",
    ),
    "bn": ("কৃষ্ণেন্দু ভট্টাচার্য্য", "বিচারপতি মুহাম্মদ শাহনেওয়াজ কৃষ্ণেন্দু চট্টোপাধ্যায় ভট্টাচার্য্য চৌধুরী"),
}
LINES = 7  # of a sample transcript: with the head, more than a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """What a design is tried with: the course in its languages, and a usual name or a long one."""

    course_code: str
    course_titles: Mapping[str, str]
    wordings: Mapping[str, str]
    hours: Decimal
    has_long_name: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """How a kind of certificate comes out in a language, or in two."""

    kind: Kind
    languages: tuple[str, ...]
    misfits: tuple[Misfit, ...]
    is_translated: bool
    missing: str  # letters that no font has: it could not be drawn

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to warn of."""
        return self.is_translated and not self.misfits and not self.missing


def document_of(design: Design, sample: Sample, kind: Kind, languages: Sequence[str]) -> Document:
    """The paper with a design, as it would be drawn."""
    held: dict[str, bytes] = {}

    def hold(png: bytes) -> str:
        digest = hashlib.sha256(png).hexdigest()
        held[digest] = png
        return digest

    statement = _statement(design, sample, kind, languages[0], hold)
    with override(languages[0]):
        number = _("SAMPLE")
    paper = Paper(
        number=number,
        name=statement.name,
        latin_name=statement.latin_name,
        issued_at=MOMENT,
        background=design.background,
        address=_address,
        code=lambda code: _address(code) + "#" + "SAMPLE7" * 36,  # as large as a sealed one
        picture=held.__getitem__,
    )
    words = {code: wording.printed(statement, language=code, issued_on=DAY) for code in languages}
    return document(paper, words)


def trial_of(design: Design, sample: Sample, kind: Kind, languages: Sequence[str]) -> Trial:
    """What there is to warn of before anything is issued."""
    translated = all(phrases.is_phrased(code, kind.value) for code in languages)
    tried = document_of(design, sample, kind, languages)
    return Trial(
        kind=kind,
        languages=tuple(languages),
        misfits=tuple(fits(tried)),
        is_translated=translated,
        missing=" ".join(sorted(uncovered("".join(tried.normalised().texts())))),
    )


def _statement(design: Design, sample: Sample, kind: Kind, language: str, keep: designs.Keep) -> Statement:
    usual, long = NAMES.get(language, NAMES["en"])
    latin = NAMES["en"][sample.has_long_name] if language in ("ar", "bn") else ""
    statement = Statement(
        award_key=uuid.UUID(int=0),
        kind=kind.value,
        name=long if sample.has_long_name else usual,
        latin_name=latin,
        course_code=sample.course_code,
        course_titles=sample.course_titles,
        hours=sample.hours,
        started_on=DAY.replace(month=2),
        completed_on=DAY,
        languages=(language,),
        issuer=settings.INSTITUTE_NAME,
        syllabus_version=1,
        wording=sample.wordings,
        grade_band=GradeBand.DISTINCTION.value if kind == Kind.ACHIEVEMENT else None,
        **designs.frozen(design, keep=keep),
    )
    if kind != Kind.TRANSCRIPT:
        return statement
    lines = tuple(_lines(sample, language))
    return replace(statement, wording={}, course_code="", hours=sample.hours * LINES, trainings=lines)


def _lines(sample: Sample, language: str) -> list[Training]:
    kinds = [kind for kind in Kind if kind != Kind.TRANSCRIPT]
    return [
        Training(
            number=NUMBER,
            kind=kinds[line % len(kinds)].value,
            course_code=sample.course_code,
            course_titles=sample.course_titles,
            hours=sample.hours,
            started_on=DAY.replace(month=2),
            completed_on=DAY,
            state=(State.VALID if line else State.EXPIRED).value,
            languages=(language,),
            grade_band=GradeBand.DISTINCTION.value if kinds[line % len(kinds)] == Kind.ACHIEVEMENT else None,
        )
        for line in range(LINES)
    ]


def _address(language: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/{language}/verify/{NUMBER}/"
