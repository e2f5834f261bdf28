"""The ceremony of a cohort: who is handed a certificate, in which order, and what stands in the way.

`runs` of certificates make the files; they know no cohorts, and are handed the certificates in order.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import get_language
from django_countries import countries

from accounts import audit
from accounts.models import User
from certificates import runs
from certificates.choices import RunKind, Status
from certificates.models import Certificate, Run
from certificates.models.runs import UNDER_WAY
from certificates.pdf import uncovered
from courses.choices import CeremonyOrder, EnrolmentStatus
from courses.models import Ceremony, Cohort, Enrolment, NameCheck

_LAST = 1_000_000  # who has no number comes after those who have
# Letters with a place of their own in the alphabet of a language; marks are otherwise passed over.
_LETTERS = {"es": {"ñ": "n\uffff"}, "sq": {"ç": "c\uffff", "ë": "e\uffff"}}
# From here on, combining classes are marks above and below letters; lower ones belong to the letter.
_MARKS = 10


@dataclass(frozen=True, slots=True)
class Guest:
    """One person of a ceremony, with the certificate that stands, if any."""

    enrolment: Enrolment
    certificate: Certificate | None
    latin_name: str
    number: int | None
    name_confirmed: bool | None

    @property
    def person(self) -> User:
        return self.enrolment.person

    @property
    def warnings(self) -> list[str]:
        """What stands in the way of printing the certificate: letters, another_name, unconfirmed."""
        one = self.certificate
        if one is None:
            return []
        found = []
        if uncovered(one.name) and (not self.latin_name or uncovered(self.latin_name)):
            found.append("letters")
        if one.name != (self.person.name or self.person.email):
            found.append("another_name")
        if self.name_confirmed is False:
            found.append("unconfirmed")
        return found


def settings_of(cohort: Cohort) -> Ceremony:
    """The order that was set for a cohort, or the usual one, unsaved."""
    return Ceremony.objects.filter(cohort=cohort).first() or Ceremony(cohort=cohort)


def guests(cohort: Cohort, ceremony: Ceremony | None = None) -> list[Guest]:
    """Everybody of a cohort in the order of the ceremony; four queries."""
    ceremony = ceremony or settings_of(cohort)
    taking = _taking_part(cohort)
    keys = [one.key for one in taking]
    standing = Certificate.objects.filter(award_key__in=keys, status=Status.ISSUED)
    # the statement holds every word in every language
    standing = standing.defer("statement").annotate(latin=KT("statement__latin_name"))
    certificates = {one.award_key: one for one in standing}
    checks = {one.person_id: one for one in NameCheck.objects.filter(proof__cohort=cohort)}
    found = []
    for one in taking:
        check = checks.get(one.person_id)
        confirmed = check.holds_for(one.person) if check else None
        certificate = certificates.get(one.key)
        latin = getattr(certificate, "latin", None) or ""
        found.append(Guest(one, certificate, latin, ceremony.places.get(str(one.key)), confirmed))
    return in_order(found, CeremonyOrder(ceremony.order))


def in_order(found: Iterable[Guest], order: CeremonyOrder, language: str | None = None) -> list[Guest]:
    """People in an order of a ceremony, by the alphabet of a language."""
    language = language or get_language() or "en"

    def by_name(one: Guest) -> tuple[str, str]:
        return alphabetical(one.person.name or one.person.email, language)

    def key(one: Guest) -> tuple[object, ...]:
        if order == CeremonyOrder.PLACE:
            return (_LAST if one.number is None else one.number, by_name(one))
        if order == CeremonyOrder.INSTITUTION:
            court = one.person.institution.name if one.person.institution else one.person.court
            return (not court, alphabetical(court, language), by_name(one))
        if order == CeremonyOrder.COUNTRY:
            country = str(countries.name(str(one.person.country)))
            return (not country, alphabetical(country, language), by_name(one))
        return by_name(one)

    return sorted(found, key=key)


def alphabetical(words: str, language: str) -> tuple[str, str]:
    """What words are sorted by: accents and vowel marks count only between words that are else the same."""
    plain = words.casefold()
    for letter, place in _LETTERS.get(language, {}).items():
        plain = plain.replace(letter, place)
    letters = (c for c in unicodedata.normalize("NFKD", plain) if unicodedata.combining(c) < _MARKS)
    return "".join(letters), words


@transaction.atomic
def set_order(
    *, cohort: Cohort, order: CeremonyOrder, places: Mapping[UUID, int | None], actor: User
) -> Ceremony:
    """Keep in which order people are called up, and the numbers that some were given, or lost."""
    kept, _made = Ceremony.objects.select_for_update().get_or_create(cohort=cohort)
    numbers = kept.places | {str(key): number for key, number in places.items()}
    kept.order, kept.places = order, {key: n for key, n in numbers.items() if n is not None}
    kept.save(update_fields=["order", "places"])
    data = {"order": order.value, "numbered": len(kept.places)}
    audit.record(actor=actor, verb="ceremony_ordered", target=cohort, data=data)
    return kept


@transaction.atomic
def make(*, cohort: Cohort, kind: RunKind, language: str, attach: bool, actor: User) -> Run:
    """Ask for a run over everybody whose certificate stands, in the order of the ceremony.

    While one is under way that would be just the same, it is that one: two clicks do not send every mail
    twice. Raises ValueError when there is no certificate.
    """
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    standing = [one.certificate.pk for one in guests(cohort) if one.certificate is not None]
    for run in Run.objects.filter(
        group_key=cohort.key, kind=kind, language=language, attach=attach, state__in=UNDER_WAY
    ):
        if list(run.lines.order_by("place").values_list("certificate", flat=True)) == standing:
            return run
    return runs.start(
        kind=kind,
        group_key=cohort.key,
        label=cohort.name,
        language=language,
        attach=attach,
        certificates=standing,
        actor=actor,
    )


def _taking_part(cohort: Cohort) -> QuerySet[Enrolment]:
    counts = (EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED)
    found = cohort.enrolments.filter(status__in=counts).select_related("person__institution")
    return found.order_by("pk")
