"""What somebody has done: the only writer of completions, and of the running summary."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from courses import awards, rules, syllabus
from courses.choices import EnrolmentStatus

from .models import Enrolment, ItemCompletion, SyllabusVersion

TAKING_PART = (EnrolmentStatus.ACTIVE, EnrolmentStatus.COMPLETED)


class NotTakingPart(Exception):
    """The enrolment waits for approval or was withdrawn."""


@transaction.atomic
def complete_item(
    *, enrolment: Enrolment, item_key: UUID, how: str, language: str, at: datetime | None = None
) -> ItemCompletion:
    """Write down that an item is done, once, and what follows from it.

    Updates the running summary; grants the completion of the course and issues its certificate when
    this was the last thing missing. Twice, or from two places at once, is the same as once.
    `how` is "read", "passed" or "attended"; `at` is when it was done, now unless it is written down
    later. Raises NotTakingPart.
    """
    locked = _locked(enrolment)
    if locked.status not in TAKING_PART:
        raise NotTakingPart
    done, created = ItemCompletion.objects.get_or_create(
        enrolment=locked,
        item_key=item_key,
        defaults={"how": how, "language": language, "at": at or timezone.now()},
    )
    if created:
        locked.language = language or locked.language
        locked.last_active_at = done.at
        locked.started_at = locked.started_at or done.at
        _count(locked, at=done.at)
        _copy_summary(locked, enrolment)
    return done


@transaction.atomic
def take_back_item(*, enrolment: Enrolment, item_key: UUID, actor: User) -> bool:
    """Take a completed item back, as staff decided, and what followed from it.

    A completion of the course that rested on it is taken back, and its certificate is withdrawn; tells
    whether there was one. What was not done is left as it is.
    """
    locked = _locked(enrolment)
    gone, _rows = ItemCompletion.objects.filter(enrolment=locked, item_key=item_key).delete()
    if not gone:
        return False
    found = summary(locked)
    _fill(locked, found)
    ends = locked.completed_at is not None and not found.complete
    if ends:
        locked.completed_at, locked.completed_language = None, ""
        locked.status = EnrolmentStatus.ACTIVE
        awards.withdraw(award_key=locked.key, actor=actor)
    locked.save()
    data = {"course": locked.course.code, "item": str(item_key), "course_too": ends}
    audit.record(actor=actor, verb="completion_taken_back", target=locked, data=data)
    return ends


@transaction.atomic
def recount(*, enrolment: Enrolment) -> Enrolment:
    """Bring the running summary in line with the syllabus version of the enrolment."""
    locked = _locked(enrolment)
    _count(locked, at=timezone.now())
    return locked


@transaction.atomic
def bind(*, enrolments: Sequence[Enrolment], version: SyllabusVersion) -> None:
    """Bind enrolments, which the caller has locked, to a version and bring their summaries in line.

    The queries depend on how many different counts come of it and on how many people complete the
    course by it, not on how many enrolments there are.
    """
    asked = rules.from_json(version.requirements)
    done = done_in(ItemCompletion.objects.filter(enrolment__in=[one.pk for one in enrolments]))
    now, known = timezone.now(), dict[frozenset[UUID], rules.Summary]()
    counted: dict[int, list[Enrolment]] = defaultdict(list)
    for one in enrolments:
        keys = done.get(one.pk, frozenset())
        found = known[keys] if keys in known else known.setdefault(keys, rules.summary(asked, keys))
        one.syllabus, one.course = version, version.course
        if found.complete and one.completed_at is None:
            _write(one, found, at=now)
        else:
            _fill(one, found)
            counted[found.done].append(one)
    for alike in counted.values():
        Enrolment.objects.filter(pk__in=[one.pk for one in alike]).update(
            syllabus=version,
            done_count=alike[0].done_count,
            required_count=alike[0].required_count,
            percent=alike[0].percent,
        )


def visit(*, enrolment: Enrolment, item_key: UUID, language: str) -> None:
    """Remember where a person is reading, in which language; writes only what changed."""
    now = timezone.now()
    last = enrolment.last_active_at
    same = enrolment.last_item_key == item_key and enrolment.language == language
    if same and last is not None and (now - last).total_seconds() < 24 * 3600:
        return
    Enrolment.objects.filter(pk=enrolment.pk).update(
        last_item_key=item_key,
        language=language,
        last_active_at=now,
        started_at=enrolment.started_at or now,
    )


def done_by(enrolment: Enrolment) -> frozenset[UUID]:
    """Return the keys of all that the person has done in this course."""
    return frozenset(
        ItemCompletion.objects.filter(enrolment_id=enrolment.pk).values_list("item_key", flat=True)
    )


def done_in(completions: QuerySet[ItemCompletion]) -> Mapping[int, frozenset[UUID]]:
    """Return what each person has done, by the primary key of the enrolment; one query.

    Who has done nothing is not among them.
    """
    found: dict[int, list[UUID]] = defaultdict(list)
    known: dict[UUID, UUID] = {}  # twenty thousand people share a few dozen keys
    for pk, key in completions.values_list("enrolment_id", "item_key"):
        found[pk].append(known.setdefault(key, key))
    return {pk: frozenset(keys) for pk, keys in found.items()}


def summary(enrolment: Enrolment) -> rules.Summary:
    """Return how far the person is under their syllabus version, with what is missing."""
    return syllabus.summary_of(enrolment.syllabus, done_by(enrolment))


def _locked(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("syllabus", "course", "person")
        .get(pk=enrolment.pk)
    )


def _count(enrolment: Enrolment, *, at: datetime) -> None:
    _write(enrolment, summary(enrolment), at=at)


def _fill(enrolment: Enrolment, found: rules.Summary) -> None:
    enrolment.done_count = found.done
    enrolment.required_count = found.required
    enrolment.percent = found.percent


def _write(enrolment: Enrolment, found: rules.Summary, *, at: datetime) -> None:
    _fill(enrolment, found)
    granted = found.complete and enrolment.completed_at is None
    if granted:
        enrolment.completed_at = at
        enrolment.completed_language = enrolment.language
        enrolment.status = EnrolmentStatus.COMPLETED
    enrolment.save()
    if granted:
        _grant(enrolment)


def _grant(enrolment: Enrolment) -> None:
    audit.record(
        actor=None,
        verb="completed",
        target=enrolment,
        data={
            "course": enrolment.course.code,
            "person": str(enrolment.person.key),
            "syllabus": enrolment.syllabus.number,
        },
    )
    awards.award(enrolment=enrolment)


def _copy_summary(source: Enrolment, target: Enrolment) -> None:
    for field in (
        "status",
        "completed_at",
        "language",
        "done_count",
        "required_count",
        "percent",
        "last_active_at",
        "started_at",
    ):
        setattr(target, field, getattr(source, field))
