"""Marking again: which quiz, the trial, the decision and how far it has come. Without any name."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import access, presentation, regrading
from assessments.models import Attempt, Question, QuestionVersion, Regrade
from assessments.regrade_forms import RegradeForm
from assessments.statistics.small_groups import SMALLEST_GROUP
from assessments.texts import known_by
from translation.reading import Reading

ON_A_PAGE = 25
SHOWN = 20  # regrades that were asked for lately
ROWS = 200
SECONDS = 4  # after which the page of one that is under way is looked at again


@dataclass(frozen=True)
class Row:
    """What changes in the same way for so many people."""

    people: int
    questions: tuple[tuple[int, Fraction | None, Fraction], ...]
    before: Fraction | None
    after: Fraction | None
    passes: bool
    fails: bool


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The quizzes that can be marked again, and what was. For trainers of the course and staff."""
    person = access.person_of(request)
    quizzes = access.regradable(person).order_by().values("quiz_key")
    page = Paginator(
        quizzes.annotate(attempts=Count("pk"), newest=Max("pk")).order_by("-newest"), ON_A_PAGE
    ).get_page(request.GET.get("page"))
    asked = list(access.regrades_of(person)[:SHOWN])
    of_asked = quizzes.filter(quiz_key__in=[one.quiz_key for one in asked]).annotate(newest=Max("pk"))
    newest = dict(of_asked.values_list("quiz_key", "newest"))
    titles = _titles([*(row["newest"] for row in page), *newest.values()])
    context = {
        "page": page,
        "rows": [(titles[row["newest"]], row) for row in page],
        # one that is about a question in every quiz has no title
        "asked": [(titles[newest[one.quiz_key]] if one.quiz_key in newest else None, one) for one in asked],
    }
    return render(request, "assessments/regrades.html", context)


@login_required
def new(request: HttpRequest, quiz: UUID) -> HttpResponse:
    """Ask for a trial at one quiz. For trainers of the course and staff."""
    person = access.person_of(request)
    attempt = access.regradable(person).filter(quiz_key=quiz).order_by("-pk").first()
    if attempt is None:
        raise Http404
    form = RegradeForm(request.POST or None, questions=_questions(quiz), may_lower=access.may_lower(person))
    if form.is_valid():
        asked = form.cleaned_data
        question = Question.objects.filter(key=asked["question"]).first() if asked["question"] else None
        regrade = regrading.try_out(
            policy=asked["policy"],
            reason=asked["reason"],
            lower_reason=asked.get("lower_reason", ""),
            quiz_key=None if asked.get("everywhere") else quiz,
            question=question,
            actor=person,
        )
        return redirect("assessments:regrade", regrade.key)
    context = {"form": form, "title": presentation.in_language(attempt.paper.title)}
    return render(request, "assessments/regrade_new.html", context)


@login_required
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a regrade would change or has changed; POST decides it. For trainers of the course and staff.

    Under ten people there are numbers only: a row would be somebody's marks.
    """
    person = access.person_of(request)
    regrade = access.regrade_of(person, key)
    if request.method == "POST":
        return _act(request, regrade)
    summary, silent = regrade.summary, regrading.is_silent(regrade)
    changes = regrade.changes.aggregate(all=Count("pk"), told=Count("pk", filter=~Q(told_at=None)))
    waits = "written" not in summary if regrade.committed_at else "tried" not in summary
    # one that is about a question in every quiz has no title
    of_quiz = (
        Attempt.objects.filter(quiz_key=regrade.quiz_key) if regrade.quiz_key else Attempt.objects.none()
    )
    newest = of_quiz.aggregate(newest=Max("pk"))["newest"]
    context = {
        "regrade": regrade,
        "summary": summary,
        "changes": changes,
        "waits": waits and not silent,
        "silent": silent,
        "again": SECONDS if waits and not silent and "still" not in request.GET else 0,
        "still_open": regrading.still_open(regrade),
        "rows": _rows(regrade) if summary.get("people", 0) >= SMALLEST_GROUP else None,
        "title": _titles([newest])[newest] if newest else None,
        "question": _words_of(regrade.question) if regrade.question else "",
        "least": SMALLEST_GROUP,
    }
    return render(request, "assessments/regrade.html", context)


def _act(request: HttpRequest, regrade: Regrade) -> HttpResponse:
    person = access.person_of(request)
    if request.POST.get("act") == "carry_on":
        if regrading.is_silent(regrade):
            regrading.carry_on(regrade=regrade)
    elif regrade.may_lower and not access.may_lower(person):
        messages.error(request, _("Programme staff decide about this one: people who have passed may fail."))
    else:
        try:
            regrading.commit(regrade=regrade, actor=person)
        except regrading.AlreadyCommitted:
            messages.info(request, _("This was decided before."))
        except regrading.NotTried:
            messages.error(request, _("A key was changed since the trial. Please begin a new one."))
    return redirect("assessments:regrade", regrade.key)


def _titles(attempts: list[int]) -> dict[int, Reading]:
    """The titles of the quizzes of these attempts."""
    found = Attempt.objects.filter(pk__in=attempts).values_list("pk", F("paper_data__title"))
    return {pk: presentation.in_language(title or {}) for pk, title in found}


def _questions(quiz: UUID) -> list[tuple[str, str]]:
    """The questions that were put in a quiz, by the beginning of their newest words."""
    put = Question.objects.filter(versions__paper_items__attempt__quiz_key=quiz).values("pk")
    newest = QuestionVersion.objects.latest_to_put().filter(question__in=put).select_related("question")
    return [(str(one.question.key), _beginning(one)) for one in newest.order_by("question__pk")]


def _words_of(question: Question) -> str:
    newest = QuestionVersion.objects.latest_to_put().filter(question=question).first()
    return _beginning(newest) if newest else ""


def _beginning(version: QuestionVersion) -> str:
    return Truncator(strip_tags(str(known_by(version)))).chars(90)


def _rows(regrade: Regrade) -> list[Row]:
    """The changes, those of the same kind together, in an order that says nothing of who they are."""
    counted: Counter[tuple[Any, ...]] = Counter()
    for one in regrade.changes.iterator():
        questions = tuple(
            (int(number), Fraction(old) if old else None, Fraction(new))
            for number, (old, new) in sorted(one.questions.items(), key=lambda pair: int(pair[0]))
        )
        had, has = bool(one.passed_before), bool(one.passed_after)
        passes, fails = not had and has, had and not has
        counted[questions, one.fraction_before, one.fraction_after, passes, fails] += 1
    rows = [Row(people, *change) for change, people in counted.items()]
    return sorted(rows, key=lambda row: (-row.people, row.before or 0, row.after or 0, str(row.questions)))[
        :ROWS
    ]
