"""The treaty beside the law of one jurisdiction: looked up when a lesson is read."""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_countries import countries

from translation.reading import Reading, read, text

from .choices import Certainty, LawTopic
from .models import InstrumentArticle, LegalProvision

_LEADS = re.compile(r"(?:(?P<words>.+?)[,;]? )?(?P<address>https?://\S+)")


@dataclass(frozen=True)
class LawRow:
    """One topic: the paragraph of the treaty, and what is held of the national law."""

    topic: str
    name: str
    article: InstrumentArticle | None
    provisions: tuple[LegalProvision, ...]


@dataclass(frozen=True)
class LawSource:
    """Where the national column comes from, as at a date; one for each law and review."""

    provision: LegalProvision
    as_at: datetime.date
    reviewer: str
    to_be_checked: bool

    @property
    def has_other_name(self) -> bool:
        """Whether the law has a name beside that in its own language."""
        name = text(self.provision, "law_name")
        return bool(name) and name != self.provision.law_name_original

    @property
    def address(self) -> str:
        """The address with which the source ends, to be followed; else empty."""
        found = _LEADS.fullmatch(text(self.provision, "source"))
        return found["address"] if found else ""

    @property
    def words(self) -> Reading:
        """The source without that address."""
        source = read(self.provision, "source")
        found = _LEADS.fullmatch(str(source))
        return Reading(found["words"], source.language) if found else source


@dataclass(frozen=True)
class LawTable:
    """What the law block shows. `country` is empty when the reader has stated no jurisdiction."""

    article: InstrumentArticle | None
    country: str
    country_name: str
    rows: tuple[LawRow, ...]
    sources: tuple[LawSource, ...]
    others: tuple[tuple[str, str], ...]

    @property
    def held(self) -> bool:
        """Whether any provision of the country is held for these topics."""
        return any(row.provisions for row in self.rows)

    @property
    def is_listed(self) -> bool:
        """Whether the country is one of those that may be chosen instead of it."""
        return any(code == self.country for code, _name in self.others)


def compare(*, article: str, topics: Iterable[str], jurisdiction: str) -> LawTable:
    """Return the table for an article's slug and topics; three queries, however many topics."""
    wanted = [t for t in topics if t in LawTopic.values]
    articles = list(
        InstrumentArticle.objects.filter(slug__startswith=article).select_related("instrument")
        if article
        else ()
    )
    main = next((a for a in articles if a.slug == article), None)
    provisions = _in_force(wanted).filter(jurisdiction=jurisdiction) if jurisdiction else ()
    held: dict[str, list[LegalProvision]] = {topic: [] for topic in wanted}
    for provision in provisions:
        held[provision.topic].append(provision)
    rows = tuple(
        LawRow(topic, str(LawTopic(topic).label), _closest(articles, main, topic), tuple(held[topic]))
        for topic in wanted
    )
    return LawTable(
        main,
        jurisdiction,
        country_name(jurisdiction),
        rows,
        _sources(rows),
        tuple(jurisdictions(wanted)),
    )


def _in_force(topics: list[str]) -> QuerySet[LegalProvision]:
    return LegalProvision.objects.published().in_force(timezone.localdate()).filter(topic__in=topics)


def _closest(
    articles: list[InstrumentArticle], main: InstrumentArticle | None, topic: str
) -> InstrumentArticle | None:
    """Return the paragraph of the article that deals with this topic and fewest others."""
    fitting = [a for a in articles if topic in a.topics and main and a.instrument_id == main.instrument_id]
    # 3 is not 31: a paragraph of an article adds a letter, never a digit
    fitting = [a for a in fitting if not a.slug[len(main.slug) :][:1].isdigit()] if main else []
    return min(fitting, key=lambda a: (len(a.topics), a.slug), default=main)


def _sources(rows: Iterable[LawRow]) -> tuple[LawSource, ...]:
    found: dict[tuple[object, ...], LawSource] = {}
    for row in rows:
        for provision in row.provisions:
            doubted = provision.certainty == Certainty.UNCERTAIN
            key = (
                provision.law_name_original,
                provision.law_as_at,
                provision.reviewer,
                text(provision, "source"),
                doubted,
            )
            source = LawSource(provision, provision.law_as_at, provision.reviewer, doubted)
            found.setdefault(key, source)
    return tuple(found.values())


def country_name(code: str) -> str:
    """Return the country's name in the active language; empty for no code."""
    return str(countries.name(code)) if code else ""


def is_country(code: str) -> bool:
    """Tell whether the code is one that may be asked for."""
    return bool(code) and code in dict(countries)


def jurisdictions(topics: list[str]) -> list[tuple[str, str]]:
    """Return (code, name) of the countries of which a provision on the topics is shown, by name."""
    codes = _in_force(topics).order_by().values_list("jurisdiction", flat=True).distinct()
    return named(codes)


def every_jurisdiction() -> list[tuple[str, str]]:
    """Return (code, name) of every country of which a provision is held, shown or not, by name."""
    codes = LegalProvision.objects.order_by().values_list("jurisdiction", flat=True).distinct()
    return named(codes)


def named(codes: Iterable[object]) -> list[tuple[str, str]]:
    """Return (code, name) of countries, by name as a dictionary orders it: É among E."""
    return sorted(((str(code), country_name(str(code))) for code in codes), key=lambda pair: _plain(pair[1]))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def article_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the articles held as (treaty, [(slug, words)]), for the lesson's editor."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for article in InstrumentArticle.objects.select_related("instrument").order_by("instrument", "slug"):
        groups.setdefault(str(article.instrument), []).append(
            (article.slug, _("%(article)s (%(slug)s)") % {"article": article.label, "slug": article.slug})
        )
    return list(groups.items())
