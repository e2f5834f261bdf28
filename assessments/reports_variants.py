"""How the variants of vignettes were answered, as its page shows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from assessments import reports_charts
from assessments.choices import OptionRole
from assessments.models import QuestionVersion, Vignette
from assessments.reports_pages import answers_of
from assessments.texts import stem_of
from translation.reading import Reading, read


@dataclass(frozen=True, slots=True)
class Contrast:
    """How much more one variant shows than another; ``sure`` where chance does not explain it."""

    first: str
    second: str
    value: float
    lower: float
    upper: float
    span: reports_charts.Span

    @property
    def sure(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.lower > 0 or self.upper < 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or one mean: what each variant shows, and the differences."""

    words: Reading | None
    values: list[tuple[str, float, str]]
    contrasts: list[Contrast]


@dataclass(frozen=True, slots=True)
class Arm:
    """One variant with its case and question, in which it differs; ``people`` is None under ten."""

    variant: str
    facts: Reading | None
    question: Reading | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One vignette."""

    name: Reading
    attribute: Reading
    arms: list[Arm]
    enough: bool
    measured: str
    answers: list[Answer]


def shown(kept: Iterable[Mapping[str, Any]]) -> list[Compared]:
    """Return vignettes with their words, read in four queries."""
    data = list(kept)
    vignettes = {str(one.key): one for one in Vignette.objects.filter(key__in=[one["key"] for one in data])}
    asked = [arm["question"] for one in data for arm in one["arms"]]
    versions = QuestionVersion.objects.latest_to_put().filter(question__key__in=asked)
    by_key = {
        str(one.question.key): one for one in versions.select_related("question").prefetch_related("options")
    }
    return [_compared(one, vignettes[one["key"]], by_key) for one in data if one["key"] in vignettes]


def _compared(
    kept: Mapping[str, Any], vignette: Vignette, versions: Mapping[str, QuestionVersion]
) -> Compared:
    found = [(arm, versions.get(arm["question"])) for arm in kept["arms"]]
    first = next((version for _arm, version in found if version), None)
    words = list(_options(first).values()) if first else []
    return Compared(
        name=read(vignette, "name"),
        attribute=read(vignette, "attribute"),
        arms=[_arm(arm, one) for arm, one in found],
        enough=kept["enough"],
        measured=kept["measured"],
        answers=[_answer(one, words, kept["measured"]) for one in kept["answers"]],
    )


def _arm(kept: Mapping[str, Any], version: QuestionVersion | None) -> Arm:
    facts, question = stem_of(version) if version else (None, None)
    return Arm(kept["variant"], facts, question, kept["people"])


def _options(version: QuestionVersion) -> dict[str, Reading]:
    """The answers in the author's order."""
    words = answers_of(version)
    return (
        words
        if version.kind == "true_false"
        else {
            key: words[key]
            for key in (str(one.key) for one in version.of_role(OptionRole.OPTION))
            if key in words
        }
    )


def _answer(kept: Mapping[str, Any], words: list[Reading], measured: str) -> Answer:
    place = kept["place"]
    intervals = [one["difference"]["interval"] or {"lower": 0.0, "upper": 0.0} for one in kept["contrasts"]]
    ends = (abs(one[side]) for one in intervals for side in ("lower", "upper"))
    reach = reports_charts.reach(ends) if measured == "number" else 1.0
    highest = max(kept["shares"].values(), default=1.0) or 1.0
    return Answer(
        words=words[place - 1] if 0 < place <= len(words) else None,
        values=[
            (variant, value, reports_charts.share(value / highest if measured == "number" else value))
            for variant, value in kept["shares"].items()
        ],
        contrasts=[
            Contrast(
                first=one["first"],
                second=one["second"],
                value=one["difference"]["value"],
                lower=interval["lower"],
                upper=interval["upper"],
                span=reports_charts.span(
                    one["difference"]["value"], interval["lower"], interval["upper"], reach
                ),
            )
            for one, interval in zip(kept["contrasts"], intervals, strict=True)
        ],
    )
