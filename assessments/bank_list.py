"""The list of the bank: filters, search in every language, one page of questions."""

import functools
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.choices import Difficulty, Kind, QuestionStatus
from assessments.models import Category, Option, QuestionVersion, Tag
from assessments.models.options import columns_of_others
from assessments.policies import categories_for, may_translate
from assessments.texts import known_by
from assessments.translating_list import has_changed, lacks, waiting
from translation.readiness import State
from translation.reading import Reading, language_name

ON_A_PAGE = 25
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MOST_WORDS = 8
# what a translation has to have; feedback may be missing
_NEEDED = ("text", "match_text")
_NEEDED_OF_ALL = ("stem", "passage")
SORTS = {"newest": ("-created_at", "-pk"), "category": ("question__category", "question__pk")}


@dataclass(frozen=True)
class Row:
    """One question by its newest version."""

    version: QuestionVersion
    words: Reading
    languages: tuple[str, ...]
    # the languages that wait for a translator, with what is the matter
    waiting: tuple[tuple[str, State], ...] = ()

    @property
    def missing(self) -> list[str]:
        """The languages in which a text is missing."""
        return [code for code, state in self.waiting if state == State.MISSING]

    @property
    def stale(self) -> list[str]:
        """The languages of which all is there, and the source of some of it has changed since."""
        return [code for code, state in self.waiting if state == State.STALE]

    @property
    def question(self) -> Any:
        """The question itself."""
        return self.version.question


class BankFilter(forms.Form):
    """The filters of the list; they offer only what the person may read."""

    FIRST = ("q", "category", "kind", "status")

    q = forms.CharField(label=_("Words"), required=False, max_length=100, widget=forms.SearchInput)
    category = forms.ModelChoiceField(
        Category.objects.none(), label=_("Category"), required=False, empty_label=_("Any category")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *Kind.choices])
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Any status")), *QuestionStatus.choices]
    )
    difficulty = forms.ChoiceField(
        label=_("Difficulty"), required=False, choices=[("", _("Any difficulty")), *Difficulty.choices]
    )
    tag = forms.ModelChoiceField(
        Tag.objects.none(), label=_("Tag"), required=False, empty_label=_("Any tag"), to_field_name="name"
    )
    objective = forms.CharField(label=_("Learning outcome"), required=False, max_length=80)
    language = forms.ChoiceField(label=_("Language"), required=False)
    translation = forms.ChoiceField(label=_("To translate"), required=False)
    comments = forms.BooleanField(label=_("With open comments"), required=False)

    def __init__(self, data: Any, *, person: User) -> None:
        super().__init__(data, auto_id="f_%s")
        self.person = person
        category, tag, language = (self.fields[name] for name in ("category", "tag", "language"))
        assert isinstance(category, forms.ModelChoiceField)
        assert isinstance(tag, forms.ModelChoiceField)
        assert isinstance(language, forms.ChoiceField)
        category.queryset = readable = categories_for(person, to_edit=False)
        tag.queryset = Tag.objects.filter(questions__category__in=readable).distinct()
        translation = self.fields["translation"]
        assert isinstance(translation, forms.ChoiceField)
        translation.choices = [
            ("", _("Translated or not")),
            *((code, _("missing in %(language)s") % {"language": language_name(code)}) for code in LANGUAGES),
            *(
                (f"~{code}", _("source changed: %(language)s") % {"language": language_name(code)})
                for code in LANGUAGES
            ),
        ]
        language.choices = [
            ("", _("Any language")),
            *((code, _("complete: %(language)s") % {"language": language_name(code)}) for code in LANGUAGES),
            *(
                (f"-{code}", _("not complete: %(language)s") % {"language": language_name(code)})
                for code in LANGUAGES
            ),
        ]

    @property
    def first(self) -> list[forms.BoundField]:
        """The filters that are wanted most."""
        return [self[name] for name in self.FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """All others, which are folded away."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def opens_more(self) -> bool:
        """Whether one of these is set, so that it has to be seen."""
        return not self.chosen.keys() <= {*self.FIRST}

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self) -> QuerySet[QuestionVersion]:
        """The newest versions of the questions that the filters leave."""
        chosen = self.chosen
        found = QuestionVersion.objects.latest_of_each().filter(
            question__category__in=categories_for(self.person, to_edit=False)
        )
        for name in ("category", "status", "difficulty"):
            if name in chosen:
                found = found.filter(**{f"question__{name}": chosen[name]})
        if "kind" in chosen:
            found = found.filter(kind=chosen["kind"])
        if "tag" in chosen:
            found = found.filter(question__tags=chosen["tag"])
        if "objective" in chosen:
            code = chosen["objective"].strip()
            found = found.filter(
                Q(question__objective__iexact=code) | Q(question__objective__istartswith=f"{code}.")
            )
        if "comments" in chosen:
            waiting = Q(question__comments__settled_at=None, question__comments__isnull=False)
            found = found.filter(waiting).distinct()
        if language := chosen.get("language"):
            complete = is_complete_in(language.removeprefix("-"))
            found = found.exclude(complete) if language.startswith("-") else found.filter(complete)
        if language := chosen.get("translation"):
            code = language.removeprefix("~")
            found = found.filter(has_changed(code) if language.startswith("~") else lacks(code))
        return found.filter(mentions(chosen["q"])) if "q" in chosen else found


def mentions(words: str) -> Q:
    """Versions that hold each of these words, in whatever language, anywhere a trainer may have read it."""
    columns = [f"{name}_{code}" for name in ("stem", "passage", "reason", "source") for code in LANGUAGES]
    pieces = [f"{name}_{code}" for name in ("text", "match_text") for code in LANGUAGES]
    found: Any = Q()
    for word in words.split()[:MOST_WORDS]:
        own = _any(columns, word)
        about = Q(question__name__icontains=word) | Q(question__objective__iexact=word)
        found &= own | about | Exists(Option.objects.filter(_any(pieces, word), version=OuterRef("pk")))
    said: Q = found
    return said


def is_complete_in(language: str) -> Q:
    """Versions of which every text that a learner needs is there in a language."""
    rows = Option.objects.filter(version=OuterRef("pk"))
    missing = [
        Exists(
            _written(rows, name).filter(Q(**{f"{name}_{language}": None}) | Q(**{f"{name}_{language}": ""}))
        )
        for name in _NEEDED
    ]
    whole = [~(_said(name) & _empty(f"{name}_{language}")) for name in _NEEDED_OF_ALL]
    return functools.reduce(operator.and_, [*whole, *(~Q(one) for one in missing)])


def page_of(person: User, data: Any) -> tuple[BankFilter, Page[Any], list[Row]]:
    """The page of questions that an address asks for."""
    filters = BankFilter(data, person=person)
    order = SORTS.get(str(data.get("sort")), SORTS["newest"])
    texts = columns_of_others(("feedback", "reason", "source"), set())
    found = (
        filters.apply()
        .select_related("question__category")
        .prefetch_related("question__tags")
        .annotate(
            open_comments=Count(
                "question__comments", filter=Q(question__comments__settled_at=None), distinct=True
            )
        )
        .defer(*texts)
        .order_by(*order)
    )
    page = Paginator(found, ON_A_PAGE).get_page(data.get("page"))
    versions = list(page.object_list)
    waits = waiting(versions) if may_translate(person) else {}
    rows = [replace(row, waiting=waits.get(row.version.pk, ())) for row in rows_of(versions)]
    return filters, page, rows


def rows_of(versions: Sequence[QuestionVersion]) -> list[Row]:
    """These versions with the languages in which they are complete: one query more."""
    complete = complete_languages(versions)
    return [Row(version, known_by(version), complete[version.pk]) for version in versions]


def complete_languages(versions: Iterable[QuestionVersion]) -> dict[int, tuple[str, ...]]:
    """The languages in which each version is complete, the source first."""
    found: dict[int, set[str]] = {}
    source: dict[int, str] = {}
    for version in versions:
        source[version.pk] = version.source_language
        found[version.pk] = {code for code in LANGUAGES if _is_whole(version, code)}
    columns = [f"{name}_{code}" for name in _NEEDED for code in LANGUAGES]
    rows = Option.objects.filter(version__in=list(found)).order_by()
    for pk, *texts in rows.values_list("version_id", *columns):
        said = dict(zip(columns, texts, strict=True))
        for name in _NEEDED:
            if said[f"{name}_{source[pk]}"]:
                found[pk] -= {code for code in LANGUAGES if not said[f"{name}_{code}"]}
    order = LANGUAGES.index
    return {
        pk: tuple(sorted(codes, key=lambda code: (code != source[pk], order(code))))
        for pk, codes in found.items()
    }


def _is_whole(version: QuestionVersion, language: str) -> bool:
    source = version.source_language
    said = [name for name in _NEEDED_OF_ALL if getattr(version, f"{name}_{source}")]
    return all(getattr(version, f"{name}_{language}") for name in said)


def _any(columns: Iterable[str], word: str) -> Q:
    return functools.reduce(operator.or_, (Q(**{f"{column}__icontains": word}) for column in columns))


def _written(rows: Any, name: str) -> Any:
    """The rows that say something in the language in which they were written."""
    return rows.filter(_said(name))


def _said(name: str) -> Q:
    said = [Q(source_language=code) & ~_empty(f"{name}_{code}") for code in LANGUAGES]
    return functools.reduce(operator.or_, said)


def _empty(column: str) -> Q:
    return Q(**{column: None}) | Q(**{column: ""})
