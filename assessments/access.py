"""Every "may this person…" of assessments: the object, or 404, never a hint that it exists."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, has_role
from assessments.choices import AttemptStatus
from assessments.models import Attempt, ExtraAttempts, MarkingTask, Regrade

# who decides about learners' results without seeing them
DECIDING = (Role.PROGRAMME_STAFF, Role.ADMINISTRATOR)


def person_of(request: HttpRequest) -> User:
    """The person who is signed in; for views that nobody else reaches."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def attempt_of(person: User, key: UUID) -> Attempt:
    """The person's own attempt."""
    try:
        return Attempt.objects.get(key=key, person=person)
    except Attempt.DoesNotExist:
        raise Http404(_("There is no such attempt.")) from None


def attempts_beside(person: User, key: UUID) -> tuple[list[Attempt], int]:
    """The person's attempts at the quiz of their own attempt, newest first, and how many were given beyond.

    One query.
    """
    of_one = Attempt.objects.filter(key=key, person=person).values("quiz_key")
    beyond = ExtraAttempts.objects.filter(person=person, quiz_key=OuterRef("quiz_key")).order_by()
    total = beyond.values("quiz_key").annotate(total=Sum("count")).values("total")
    found = Attempt.objects.filter(person=person, quiz_key__in=of_one).order_by("-number")
    rows = list(found.annotate(beyond=Subquery(total)))
    if not rows:
        raise Http404(_("There is no such attempt."))
    return list(rows), rows[0].beyond or 0


def may_mark(person: User, attempt: Attempt) -> bool:
    """Tell whether somebody may mark an attempt: a trainer of the group that it names, an administrator.

    Nobody marks their own.
    """
    if attempt.person_id == person.pk:
        return False
    if has_role(person, Role.ADMINISTRATOR):
        return True
    named = attempt.context.get("marker_group")
    return has_role(person, Role.TRAINER) and named in person.role_names


def tasks_to_mark(person: User) -> QuerySet[MarkingTask]:
    """What waits for this marker, as ``may_mark`` says: taken by them, or for anybody. Else 404.

    Whoever has marked an answer in one turn does not see it in another.
    """
    waiting = _markable(person).filter(done_at=None, attempt__status=AttemptStatus.SUBMITTED)
    own = MarkingTask.objects.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"), marker=person)
    return waiting.filter(Q(marker=person) | Q(marker=None) & ~Exists(own))


def tasks_marked(person: User) -> QuerySet[MarkingTask]:
    """What this marker has marked and may still look at, the last first. Else 404."""
    return _markable(person).filter(marker=person).exclude(done_at=None).order_by("-done_at", "-pk")


def task_to_mark(person: User, key: UUID, slot: int) -> MarkingTask:
    """An answer that this marker has, or has marked, with its attempt."""
    waits_or_done = Q(attempt__status=AttemptStatus.SUBMITTED) | Q(done_at__isnull=False)
    own = _markable(person).filter(waits_or_done, marker=person).select_related("attempt")
    task = own.filter(attempt__key=key, slot=slot).first()
    if task is None:
        raise Http404
    return task


def _markable(person: User) -> QuerySet[MarkingTask]:
    """All answers whose attempts this person may mark, whoever has them. Else 404."""
    if not has_role(person, Role.TRAINER, Role.ADMINISTRATOR):
        raise Http404
    found = MarkingTask.objects.exclude(attempt__person=person)
    if has_role(person, Role.ADMINISTRATOR):
        return found
    return found.filter(attempt__context__marker_group__in=sorted(person.role_names))


def attempt_to_take(person: User, key: UUID) -> Attempt:
    """An attempt with an answer that this marker has taken or may take."""
    task = tasks_to_mark(person).filter(attempt__key=key).select_related("attempt").first()
    if task is None:
        raise Http404
    return task.attempt


def regradable(person: User) -> QuerySet[Attempt]:
    """What this person may have marked again: staff all, trainers what they may mark. Else 404."""
    handed_in = Attempt.objects.exclude(submitted_at=None)
    if has_role(person, *DECIDING):
        return handed_in
    if not has_role(person, Role.TRAINER):
        raise Http404
    return handed_in.filter(context__marker_group__in=sorted(person.role_names))


def regrades_of(person: User) -> QuerySet[Regrade]:
    """The regrades that this person may see, the newest first: staff all, trainers of their quizzes."""
    found = regradable(person)
    if may_lower(person):
        return Regrade.objects.all()
    return Regrade.objects.filter(quiz_key__in=found.order_by().values("quiz_key"))


def may_lower(person: User) -> bool:
    """Tell whether somebody may decide that a regrade takes back what was passed."""
    return has_role(person, *DECIDING)


def regrade_of(person: User, key: UUID) -> Regrade:
    """A regrade of attempts that this person may have marked again; trainers those of one quiz."""
    found = regrades_of(person).select_related("question", "committed_by").filter(key=key).first()
    if found is None:
        raise Http404
    return found
