"""Who marks what: the queue as staff see it, by numbers alone, and its sharing out among markers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.roles import Role
from assessments import access
from assessments.choices import AttemptStatus, MarkerRole
from assessments.models import Attempt, MarkingTask


@dataclass(frozen=True)
class Waiting:
    """How many answers of a quiz wait in each turn, and how many of all nobody has."""

    first: int
    second: int
    moderator: int
    free: int

    @property
    def all(self) -> int:
        """How many marks are still to be given."""
        return self.first + self.second + self.moderator


@dataclass(frozen=True)
class Load:
    """A marker of a quiz, with how many answers they have and have marked."""

    marker: User
    waiting: int
    done: int


def waiting_by_quiz(quiz_keys: Iterable[UUID] | None = None) -> dict[UUID, Waiting]:
    """What waits of each quiz; quizzes of which nothing waits are left out. One query."""
    tasks = _waiting()
    if quiz_keys is not None:
        tasks = tasks.filter(attempt__quiz_key__in=list(quiz_keys))
    turns = {str(role): Count("pk", filter=Q(role=role)) for role in MarkerRole}
    rows: Iterable[Any] = tasks.values(quiz=F("attempt__quiz_key")).annotate(
        free=Count("pk", filter=Q(marker=None)), **turns
    )
    return {row.pop("quiz"): Waiting(**row) for row in rows}


def loads(quiz_key: UUID) -> list[Load]:
    """Who may mark a quiz, by name, with what each has. Three queries."""
    tasks = MarkingTask.objects.filter(attempt__quiz_key=quiz_key).exclude(marker=None).order_by()
    counted = {
        row["marker"]: (row["waiting"], row["done"])
        for row in tasks.values("marker").annotate(
            waiting=Count("pk", filter=Q(done_at=None)), done=Count("pk", filter=~Q(done_at=None))
        )
    }
    people = markers_of(quiz_key) | User.objects.filter(pk__in=counted)
    return [
        Load(person, *counted.get(person.pk, (0, 0)))
        for person in people.distinct().order_by("name", "email")
    ]


def markers_of(quiz_key: UUID) -> QuerySet[User]:
    """Trainers of the groups that attempts with waiting answers name, and administrators."""
    tasks = _waiting().filter(attempt__quiz_key=quiz_key).order_by()
    groups = {name for name in tasks.values_list("attempt__context__marker_group", flat=True) if name}
    trains = Q(groups__name__in=groups) & Q(
        pk__in=User.objects.filter(groups__name=Role.TRAINER).values("pk")
    )
    found = User.objects.filter(trains | Q(groups__name=Role.ADMINISTRATOR), is_active=True)
    return found.defer("sex", "password")


@transaction.atomic
def share_out(*, quiz_key: UUID, markers: Sequence[User], actor: User) -> int:
    """Give the answers of a quiz that nobody has to these markers, to whoever has fewest next.

    Nobody is given their own answer, or the same answer in two turns. Returns how many were given.
    """
    free = _waiting().filter(attempt__quiz_key=quiz_key, marker=None)
    # markers who take answers themselves meanwhile take turns with this
    attempts = {
        attempt.pk: attempt
        for attempt in Attempt.objects.select_for_update()
        .filter(pk__in=free.values("attempt"))
        .order_by("pk")
        .defer("paper_data")
    }
    has = Counter({one.marker.pk: one.waiting for one in loads(quiz_key)})
    taken: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for task in MarkingTask.objects.filter(attempt__in=attempts).exclude(marker=None):
        taken[task.attempt_id, task.slot].add(task.marker_id or 0)
    given = []
    for task in MarkingTask.objects.filter(pk__in=free.values("pk")).order_by("slot", "assigned_at", "pk"):
        attempt, others = attempts[task.attempt_id], taken[task.attempt_id, task.slot]
        able = [one for one in markers if one.pk not in others and access.may_mark(one, attempt)]
        if able:
            task.marker = min(able, key=lambda one: has[one.pk])
            task.assigned_by, task.assigned_at = actor, timezone.now()
            has[task.marker.pk] += 1
            others.add(task.marker.pk)
            given.append(task)
    MarkingTask.objects.bulk_update(given, ["marker", "assigned_by", "assigned_at"], batch_size=500)
    audit.record_all(
        actor=actor,
        verb="marking_assigned",
        entries=[
            (
                attempts[task.attempt_id],
                {"slot": task.slot, "role": task.role, "marker": str(task.marker.key)},
            )
            for task in given
            if task.marker is not None
        ],
    )
    return len(given)


@transaction.atomic
def take_back(*, quiz_key: UUID, marker: User, actor: User) -> int:
    """Let others mark what a marker has and has not marked; returns how many answers."""
    held = _waiting().filter(attempt__quiz_key=quiz_key, marker=marker)
    locked = Attempt.objects.select_for_update().filter(pk__in=held.values("attempt")).order_by("pk")
    attempts = {attempt.pk: attempt for attempt in locked.defer("paper_data")}
    tasks = list(held.filter(attempt__in=attempts))
    MarkingTask.objects.filter(pk__in=[task.pk for task in tasks]).update(marker=None, assigned_by=None)
    audit.record_all(
        actor=actor,
        verb="marking_taken_back",
        entries=[
            (attempts[task.attempt_id], {"slot": task.slot, "marker": str(marker.key)}) for task in tasks
        ],
    )
    return len(tasks)


def _waiting() -> QuerySet[MarkingTask]:
    return MarkingTask.objects.filter(done_at=None, attempt__status=AttemptStatus.SUBMITTED)
