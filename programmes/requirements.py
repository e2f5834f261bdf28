"""What enrolments ask for and what is still missing, by title, for a page of people at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from courses import rules, syllabus
from courses.choices import EnrolmentStatus
from courses.models import Course, Enrolment, ItemCompletion, SyllabusVersion
from translation.reading import Reading, base_language


@dataclass(frozen=True, slots=True)
class Met:
    """One requirement of one person: key and title, and when and in which language it was met, if it was."""

    key: UUID
    title: Reading
    rule: rules.Rule
    at: datetime | None
    language: str

    @property
    def is_missing_quiz(self) -> bool:
        """Tell whether it is a quiz that was not passed yet."""
        return self.at is None and self.rule.kind == rules.RuleKind.SCORE


@dataclass(frozen=True, slots=True)
class MetGroup:
    """The requirements of a module, or those that stand directly under the course (no title)."""

    title: Reading | None
    needed: int
    done: int
    requirements: tuple[Met, ...]

    @property
    def some_are_enough(self) -> bool:
        """Tell whether fewer than all are asked for."""
        return self.needed < len(self.requirements)


def title_in(titles: rules.Titles, source_language: str) -> Reading:
    """Return a frozen title in the page's language, else in the source language, else in any."""
    return syllabus.title_in(titles, base_language(get_language()), source_language)


class Requirements:
    """What some enrolments ask for and have done: two queries, however many they are."""

    def __init__(self, enrolments: Iterable[Enrolment]) -> None:
        self._enrolments = list(enrolments)
        versions = {one.syllabus_id for one in self._enrolments}
        found = SyllabusVersion.objects.filter(pk__in=versions).select_related("course")
        self._versions = {version.pk: version for version in found}
        self._asked = {pk: rules.from_json(one.requirements) for pk, one in self._versions.items()}
        self._done: dict[int, dict[UUID, ItemCompletion]] = defaultdict(dict)
        for item in ItemCompletion.objects.filter(enrolment__in=[one.pk for one in self._enrolments]):
            self._done[item.enrolment_id][item.item_key] = item

    def course_of(self, enrolment: Enrolment) -> Course:
        """Return the course of one of the enrolments, without a query."""
        return self._versions[enrolment.syllabus_id].course

    def missing(self, enrolment: Enrolment) -> tuple[Reading, ...]:
        """Return the titles of what is still missing, in the order of the course."""
        if enrolment.completed_at is not None:
            return ()  # once granted, a completion wants nothing more
        source = self._versions[enrolment.syllabus_id].course.source_language
        return tuple(title_in(one.titles, source) for one in self._summary(enrolment).missing)

    def groups(self, enrolment: Enrolment) -> list[MetGroup]:
        """Return every requirement, met or not, by module."""
        source = self._versions[enrolment.syllabus_id].course.source_language
        done = self._done[enrolment.pk]
        return [
            MetGroup(
                title=title_in(state.group.titles, source) if state.group.key else None,
                needed=state.group.required,
                done=state.done,
                requirements=tuple(_met(one, done.get(one.key), source) for one in state.group.requirements),
            )
            for state in self._summary(enrolment).groups
        ]

    def missing_quiz(self, enrolment: Enrolment, key: UUID) -> Met | None:
        """Return a quiz that somebody who is under way is still to pass; None for anything else."""
        if enrolment.status != EnrolmentStatus.ACTIVE:
            return None
        asked = (one for group in self.groups(enrolment) for one in group.requirements)
        return next((one for one in asked if one.key == key and one.is_missing_quiz), None)

    def _summary(self, enrolment: Enrolment) -> rules.Summary:
        return rules.summary(self._asked[enrolment.syllabus_id], frozenset(self._done[enrolment.pk]))


def _met(one: rules.Requirement, item: ItemCompletion | None, source: str) -> Met:
    return Met(
        key=one.key,
        title=title_in(one.titles, source),
        rule=one.rule,
        at=item.at if item else None,
        language=item.language if item else "",
    )
