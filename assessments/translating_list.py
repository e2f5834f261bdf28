"""Which questions wait for a translator: what the list of the bank shows, and which one is next."""

import functools
import operator
from collections.abc import Iterable, Sequence

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from assessments.choices import Kind, OptionRole, QuestionStatus
from assessments.models import Option, Question, QuestionVersion
from assessments.translating_texts import LANGUAGES
from translation.readiness import State

# by version: the languages that are not current, each with what is the matter
Waiting = dict[int, tuple[tuple[str, State], ...]]


def lacks(language: str) -> Q:
    """Versions of which some text is not there in a language.

    The answers that gaps accept are not asked for: in the database they have no place of their own.
    """
    own = [_untranslated(field, language) for field in QuestionVersion.TRANSLATED]
    # what a reply is to may be any answer, or a number
    said = _untranslated("text", language) & ~Q(role=OptionRole.REPLY)
    pieces = _any([said, *(_untranslated(field, language) for field in ("feedback", "match_text"))])
    rows = Option.objects.filter(pieces, version=OuterRef("pk"))
    typed = Q(kind=Kind.SHORT, marking__has_key="accepted") & ~Q(
        **{f"marking__accepted__{language}__isnull": False}
    )
    return _any([*own, Q(Exists(rows)), typed]) & ~Q(source_language=language)


def has_changed(language: str) -> Q:
    """Versions of which the source of some translation has changed since."""
    return Q(translated_from__has_key=language)


def waits_for(language: str) -> Q:
    """Versions with something to translate into a language."""
    return lacks(language) | has_changed(language)


def waiting(versions: Iterable[QuestionVersion]) -> Waiting:
    """What waits of each of these versions: one query."""
    lacking = {f"lacks_{code}": _holds(lacks(code)) for code in LANGUAGES}
    changed = {f"changed_{code}": _holds(has_changed(code)) for code in LANGUAGES}
    found = QuestionVersion.objects.filter(pk__in=[version.pk for version in versions])
    rows = found.annotate(**lacking, **changed).values("pk", *lacking, *changed)
    return {row["pk"]: tuple(_states(row)) for row in rows}


def next_after(questions: QuerySet[Question], language: str, after: Question | None) -> Question | None:
    """The next of these questions that waits for a translator, in the order of the bank; None after all.

    It begins again at the top, and never leads to where one stands. Retired questions may wait.
    """
    newest = QuestionVersion.objects.latest_of_each().filter(waits_for(language))
    found = (
        questions.filter(pk__in=newest.values("question"))
        .exclude(status=QuestionStatus.RETIRED)
        .order_by("category_id", "pk")
    )
    if after is None:
        return found.first()
    others = found.exclude(pk=after.pk)
    behind = Q(category_id__gt=after.category_id) | Q(category_id=after.category_id, pk__gt=after.pk)
    return others.filter(behind).first() or others.first()


def _states(row: dict[str, object]) -> Iterable[tuple[str, State]]:
    for code in LANGUAGES:
        if row[f"lacks_{code}"]:
            yield code, State.MISSING
        elif row[f"changed_{code}"]:
            yield code, State.STALE


def _untranslated(field: str, language: str) -> Q:
    """Where a field says something in its source language, and nothing in another."""
    said = [Q(source_language=code) & ~_empty(f"{field}_{code}") for code in LANGUAGES if code != language]
    return _any(said) & _empty(f"{field}_{language}")


def _holds(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _empty(column: str) -> Q:
    return Q(**{column: None}) | Q(**{column: ""})


def _any(conditions: Sequence[Q]) -> Q:
    return functools.reduce(operator.or_, conditions)
