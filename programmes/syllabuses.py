"""Who in a cohort follows an earlier syllabus of the course, what moving them does, and the move.

Only those who are still to finish are moved. Whoever has completed keeps the syllabus that the
certificate names; who applies or returns is bound when they are let in.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from courses import comparison, progress, rules
from courses import enrolment as enrolling
from courses.choices import EnrolmentStatus
from courses.comparison import Differences, Direction, Effect
from courses.models import Cohort, Course, Enrolment, ItemCompletion, SyllabusVersion
from courses.rules import Syllabus
from programmes import figures

FIRST = (Direction.COMPLETES, Direction.FALLS, Direction.RISES, Direction.STAYS)


class NotNewest(ValueError):
    """The course has changed again since somebody looked at the preview."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the newest syllabus asks differently from an earlier one, and how many people follow that."""

    number: int
    people: int
    differences: Differences


@dataclass(frozen=True)
class Preview:
    """What moving a cohort does. `effects` pairs the primary key of an enrolment with its effect:
    those who complete first, then those whose progress falls, rises and stays, each by name.
    """

    version: SyllabusVersion | None
    changes: list[Change]
    effects: list[tuple[int, Effect]]

    @cached_property
    def counts(self) -> Counter[str]:
        """Return how many people go in each direction; nobody is named."""
        return Counter(effect.direction.value for _pk, effect in self.effects)


def newest_of(course: Course) -> SyllabusVersion | None:
    """Return the newest syllabus version, None while the course asks for nothing."""
    newest = course.syllabuses.order_by("-number").first()
    if newest is None or not rules.from_json(newest.requirements).requirements:
        return None
    return newest


def following_earlier(cohort: Cohort, followed: Iterable[tuple[int, int]]) -> int:
    """Return how many people follow a syllabus that asks for something else than the newest.

    `followed` are the primary keys of syllabus versions with their numbers of people.
    """
    newest, people = newest_of(cohort.course), dict(followed)
    if newest is None or not people.keys() - {newest.pk}:
        return 0
    used = SyllabusVersion.objects.filter(pk__in=people)
    return sum(people[version.pk] for version, _asked in _asking_otherwise(newest, used))


def preview(cohort: Cohort) -> Preview:
    """Work out what moving the cohort to the newest syllabus does: four queries at any size."""
    newest = newest_of(cohort.course)
    if newest is None:
        return Preview(None, [], [])
    active = _to_finish(cohort)
    used = SyllabusVersion.objects.filter(pk__in=active.order_by().values("syllabus"))
    earlier = {version.pk: (version, asked) for version, asked in _asking_otherwise(newest, used)}
    if not earlier:
        return Preview(newest, [], [])
    after = rules.from_json(newest.requirements)
    affected = active.filter(syllabus__in=earlier)
    rows = list(affected.order_by("person__name", "pk").values_list("pk", "syllabus_id"))
    people = Counter(version for _pk, version in rows)
    return Preview(
        version=newest,
        changes=[
            Change(version.number, people[pk], comparison.differences(asked, after))
            for pk, (version, asked) in earlier.items()
        ],
        effects=_effects(rows, {pk: asked for pk, (_version, asked) in earlier.items()}, after, affected),
    )


def _effects(
    rows: list[tuple[int, int]],
    earlier: dict[int, Syllabus],
    after: Syllabus,
    affected: QuerySet[Enrolment],
) -> list[tuple[int, Effect]]:
    done = progress.done_in(ItemCompletion.objects.filter(enrolment__in=affected.order_by().values("pk")))
    # many have done the same: each case is worked out once
    known: dict[tuple[int, frozenset[UUID]], Effect] = {}
    effects = []
    for pk, version in rows:
        case = (version, done.get(pk, frozenset()))
        if case not in known:
            known[case] = comparison.effect(earlier[version], after, case[1])
        effects.append((pk, known[case]))
    return sorted(effects, key=lambda pair: FIRST.index(pair[1].direction))


@transaction.atomic
def move_to_newest(*, cohort: Cohort, number: int, actor: User) -> list[Enrolment]:
    """Bind everybody of a cohort who is still to finish to the newest syllabus of the course.

    `number` is the version that was looked at. Nobody's completion is taken back, and who has done all
    that the newest asks for completes. Returns those who were moved; raises NotNewest when the
    course has changed again, and then moves nobody.
    """
    newest = newest_of(cohort.course)
    if newest is None or newest.number != number:
        raise NotNewest
    used = SyllabusVersion.objects.filter(pk__in=_to_finish(cohort).order_by().values("syllabus"))
    earlier = [version.pk for version, _asked in _asking_otherwise(newest, used)]
    people = _to_finish(cohort).filter(syllabus__in=earlier)
    moved = enrolling.move_to_syllabus(enrolments=people, version=newest, actor=actor)
    figures.forget(cohort.pk)
    return moved


def _to_finish(cohort: Cohort) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(cohort=cohort, status=EnrolmentStatus.ACTIVE)


def _asking_otherwise(
    newest: SyllabusVersion, used: Iterable[SyllabusVersion]
) -> list[tuple[SyllabusVersion, Syllabus]]:
    """Return the versions that do not ask the same as the newest, with what they ask."""
    now = rules.from_json(newest.requirements)
    read = [(version, rules.from_json(version.requirements)) for version in used]
    return [(version, asked) for version, asked in read if not asked.asks_the_same(now)]
