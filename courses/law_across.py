"""The treaty beside the law of any countries, topic by topic: what the page and its CSV file show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from translation.reading import text

from . import law
from .choices import Certainty, LawTopic, Scope
from .csv_file import Cell
from .law import LawSource
from .models import InstrumentArticle, LegalProvision
from .regions import by_region

# What treaties say on each topic: the Protocol first, then who goes further
TREATIES: dict[str, tuple[str, ...]] = {
    LawTopic.DEFINITION: ("palermo-tip:3a",),
    LawTopic.MEANS_CHILDREN: ("palermo-tip:3c",),
    LawTopic.CONSENT: ("palermo-tip:3b",),
    LawTopic.PENALTY: ("palermo-tip:5",),
    LawTopic.NON_PUNISHMENT: ("palermo-tip:6", "ilo-p029:4", "coe-trafficking:26"),
    LawTopic.COMPENSATION: ("palermo-tip:6", "untoc:25"),
    LawTopic.SMUGGLING: ("palermo-som:3", "palermo-som:6"),
}
# The elements of the offence: where a comparison begins when nothing was chosen
FIRST_TOPICS = (LawTopic.DEFINITION, LawTopic.MEANS_CHILDREN, LawTopic.CONSENT)

Named = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `chosen` is false where it names nothing that is held."""

    topics: tuple[str, ...]
    countries: tuple[str, ...]
    chosen: bool

    @property
    def query(self) -> str:
        """Return the choice as the address carries it."""
        query = QueryDict(mutable=True)
        query.setlist("topic", list(self.topics))
        query.setlist("country", list(self.countries))
        return query.urlencode()


@dataclass(frozen=True)
class Column:
    """What is held of one country on one topic; `hidden` counts what was not verified."""

    code: str
    name: str
    sources: tuple[LawSource, ...]
    hidden: int


@dataclass(frozen=True)
class Row:
    """One topic: what the treaties say, and each country."""

    topic: str
    name: str
    articles: tuple[InstrumentArticle, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Comparison:
    """The page: what was asked, what may be asked, and the rows."""

    asked: Asked
    topics: tuple[Named, ...]
    regions: tuple[tuple[str, list[Named]], ...]
    countries: tuple[Named, ...]
    rows: tuple[Row, ...]
    own_country: str
    own_is_held: bool


def side_by_side(request: HttpRequest) -> Comparison:
    """Return what the address asks for; three queries, however many countries and topics.

    What is unknown in the address is left out, so that an old link still shows the rest.
    """
    hidden = _held()
    names = dict(law.named({code for code, _topic in hidden}))
    own = str(getattr(request.user, "country", "") or "")
    asked = _asked(request.GET, names, own)
    return Comparison(
        asked=asked,
        topics=tuple((topic, str(LawTopic(topic).label)) for topic in LawTopic.values),
        regions=tuple(by_region(names.items())),
        countries=tuple((code, names[code]) for code in asked.countries),
        rows=tuple(_rows(asked, names, hidden)),
        own_country=law.country_name(own),
        own_is_held=own in names,
    )


def _held() -> dict[tuple[str, str], int]:
    """Return how many statements are held but not shown, for each country and topic of which any is held."""
    held = LegalProvision.objects.in_force(timezone.localdate()).order_by().values("jurisdiction", "topic")
    counted = held.annotate(hidden=Count("pk", filter=Q(published=False)))
    return {(str(row["jurisdiction"]), row["topic"]): row["hidden"] for row in counted}


def _asked(query: QueryDict, names: dict[str, str], own: str) -> Asked:
    named = dict.fromkeys(code.upper() for code in query.getlist("country"))
    countries = tuple(code for code in named if code in names)
    wanted = set(query.getlist("topic"))
    topics = tuple(topic for topic in LawTopic.values if topic in wanted)
    default = (own,) if own in names else ()
    return Asked(topics or FIRST_TOPICS, countries or default, bool(countries or topics))


def _rows(asked: Asked, names: dict[str, str], hidden: dict[tuple[str, str], int]) -> Iterator[Row]:
    slugs = {slug for topic in asked.topics for slug in TREATIES[topic]}
    found = InstrumentArticle.objects.filter(slug__in=slugs).select_related("instrument")
    articles = {article.slug: article for article in found}
    shown = _shown(asked)
    for topic in asked.topics:
        yield Row(
            topic,
            str(LawTopic(topic).label),
            tuple(articles[slug] for slug in TREATIES[topic] if slug in articles),
            tuple(
                Column(code, names[code], tuple(shown.get((code, topic), ())), hidden.get((code, topic), 0))
                for code in asked.countries
            ),
        )


def _shown(asked: Asked) -> dict[tuple[str, str], list[LawSource]]:
    shown: dict[tuple[str, str], list[LawSource]] = {}
    if asked.countries:
        current = LegalProvision.objects.published().in_force(timezone.localdate()).order_by("pk")
        for provision in current.filter(jurisdiction__in=asked.countries, topic__in=asked.topics):
            at = (str(provision.jurisdiction), provision.topic)
            doubted = provision.certainty == Certainty.UNCERTAIN
            source = LawSource(provision, provision.law_as_at, provision.reviewer, doubted)
            shown.setdefault(at, []).append(source)
    return shown


# --- the same as a file ----------------------------------------------------------------------------
def headings() -> list[Cell]:
    """Return the first line of the CSV file, in the reader's language."""
    return [
        _("Topic"),
        _("Treaty or country"),
        _("Article"),
        _("Summary"),
        _("Beside the treaty"),
        _("How it differs"),
        _("Law in its own language"),
        _("Name of the law"),
        _("Law as at"),
        _("Certainty"),
        _("Reviewed by"),
        _("Source"),
    ]


def lines(rows: Iterable[Row]) -> Iterator[list[Cell]]:
    """Yield the lines of the CSV file: for each topic the treaties, then each country."""
    for row in rows:
        for article in row.articles:
            treaty = text(article.instrument, "title")
            cells = [row.name, treaty, text(article, "label"), text(article, "summary")]
            yield [*cells, "", "", "", "", "", "", "", article.instrument.source]
        for column in row.columns:
            for source in column.sources:
                yield _line(row, column, source)
            if column.hidden:
                yield [row.name, column.name, "", _("Not verified, not shown."), *[""] * 8]


def _line(row: Row, column: Column, source: LawSource) -> list[Cell]:
    provision = source.provision
    compared = provision.scope != Scope.UNMARKED
    return [
        row.name,
        column.name,
        provision.article,
        text(provision, "summary"),
        str(provision.get_scope_display()) if compared else "",
        text(provision, "scope_note"),
        provision.law_name_original,
        text(provision, "law_name"),
        provision.law_as_at.isoformat(),
        str(provision.get_certainty_display()),
        provision.reviewer,
        text(provision, "source"),
    ]
