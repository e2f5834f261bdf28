"""Kept figures as pages show them: with the words of the questions, sentences and drawings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import keys, reports_charts, reports_words
from assessments.choices import Kind, OptionRole, TextForm
from assessments.models import QuestionVersion, StatisticsReport
from assessments.reports_words import Said
from assessments.scoring import SpecError
from translation.reading import Reading, base_language, read

LONGEST = 160
_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"\*{1,2}([^*]+)\*{1,2}")
_WORD = re.compile(r"\{\{([^{}|]+)\|([^{}]*)\}\}")


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the table: what is kept of it, its words, and the one thing to know first."""

    kept: Mapping[str, Any]
    words: Reading
    said: Said
    bar: str

    @property
    def deserves(self) -> bool:
        """Whether its author should look at it."""
        return self.said.kind in ("bad", "warn")

    @property
    def discrimination(self) -> float | None:
        """The discrimination index, from −1 to 1."""
        return _hundredth((self.kept["details"] or {}).get("discrimination"))

    @property
    def efficiency(self) -> float | None:
        """The discriminative efficiency, from −1 to 1."""
        return _hundredth((self.kept["details"] or {}).get("efficiency"))

    @property
    def intended(self) -> float | None:
        """The share of the marks that it was given."""
        return _hundredth(self.kept["weight"]["intended"])

    @property
    def effective(self) -> float | None:
        """The share of the differences between people that it makes."""
        return _hundredth(self.kept["weight"]["effective"])


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer in the distractor table; ``right`` is None where that has no meaning."""

    kept: Mapping[str, Any]
    words: Reading
    right: bool | None
    advice: str
    bar: str

    @property
    def discrimination(self) -> float | None:
        """How choosing it goes with the rest of the total, from −1 to 1."""
        return _hundredth(self.kept["discrimination"])


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A question in one language."""

    kept: Mapping[str, Any]
    said: Said
    bar: str


def rows(questions: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return rows of the table, whose words are read in one query."""
    asked = list(questions)
    words = words_of([one["version"] for one in asked])
    return [
        Row(
            kept=one,
            words=words.get(one["version"], Reading(_("A question that is gone"), here())),
            said=reports_words.of_question(one),
            bar=reports_charts.share(one["facility"]["value"]) if one["facility"] else "",
        )
        for one in asked
    ]


def words_of(versions: Iterable[int]) -> dict[int, Reading]:
    """Return the question itself, without its facts, of each version."""
    found = QuestionVersion.objects.filter(pk__in=set(versions)).select_related("question")
    return {version.pk: title_of(version) for version in found}


def title_of(version: QuestionVersion) -> Reading:
    """Return the question itself in one line: the last paragraph of its stem."""
    stem = read(version, "stem")
    return Reading(_short(_plain(str(stem).strip().split("\n\n")[-1], version)), stem.language)


def attempt_choices(chosen: str, offered: Iterable[str]) -> list[tuple[str, str, bool]]:
    """Return the choices of attempts: value, words, and whether it is the one that is shown."""
    words = {
        "first": _("First attempts"),
        "last": _("Last attempts"),
        "highest": _("Best attempts"),
        "all": _("All attempts"),
    }
    return [(one, words[one], one == chosen) for one in offered]


def whole_test(report: StatisticsReport) -> list[tuple[str, Any, str, Said | None, str]]:
    """Return the figures of the whole test: name, value, unit, verdict and sentence."""
    whole, highest = report.data["whole"], report.data["highest"]
    if whole is None:
        return []
    alpha = reports_words.of_alpha(whole["alpha"])
    marks = "marks"
    middle = _("Half of the people reached more, half reached less.")
    apart = _("Two in three people usually lie within this distance of the mean.")
    chance = _("So much of the differences between people is due to chance, not to what they know.")
    error = _(
        "A result may be off by this much to either side in two of three cases. Whoever missed the"
        " pass mark by less might as well have passed."
    )
    mean = _("What people earned on average.")
    if highest is None:
        mean = _("What people earned on average; not all papers had the same highest mark.")
    return [
        (_("Mean"), whole["mean"], marks, None, mean),
        (_("Median"), whole["median"], marks, None, middle),
        (_("Standard deviation"), whole["deviation"], marks, None, apart),
        (_("Skewness"), whole["skewness"], "", None, reports_words.of_skewness(whole["skewness"])),
        (_("Kurtosis"), whole["kurtosis"], "", None, reports_words.of_kurtosis(whole["kurtosis"])),
        (_("Internal consistency (Cronbach’s alpha)"), _hundredth(whole["alpha"]), "", alpha, alpha.sentence),
        (_("Share of chance"), _hundredth(whole["error_ratio"]), "percent", None, chance),
        (_("Standard error"), whole["standard_error"], marks, None, error),
    ]


def row_of(question: Mapping[str, Any], version: QuestionVersion) -> Row:
    """Return one question, whose version is at hand."""
    share = reports_charts.share(question["facility"]["value"]) if question["facility"] else ""
    return Row(question, title_of(version), reports_words.of_question(question), share)


def curve(question: Mapping[str, Any]) -> list[reports_charts.Column]:
    """Return the columns of the four quarters of the people."""
    return reports_charts.columns(question["details"]["quarters"], ["1", "2", "3", "4"])


def answer_rows(question: Mapping[str, Any], version: QuestionVersion) -> list[AnswerRow]:
    """Return the answers with their words; those in people's own words only by how right they were."""
    words, right = answers_of(version), _right_of(version)
    found = []
    for kept in question["details"]["answers"]:
        general = reports_words.of_kind_of_answer(kept["answer"])
        is_right = right.get(kept["answer"]) if right and not general else None
        found.append(
            AnswerRow(
                kept=kept,
                words=Reading(general, here())
                if general
                else words.get(kept["answer"], Reading(_("An answer of an earlier version"), here())),
                right=is_right,
                advice=reports_words.of_answer(kept, right=is_right),
                bar=reports_charts.share(kept["share"]),
            )
        )
    return found


def language_rows(question: Mapping[str, Any]) -> list[LanguageRow]:
    """Return the languages of a question, the one that the others are compared with first."""
    kept = sorted(question["languages"], key=lambda one: (one["difference"] is not None, one["language"]))
    return [
        LanguageRow(
            one,
            reports_words.of_difference(one["difference"]),
            reports_charts.share(one["facility"]["value"]) if one["facility"] else "",
        )
        for one in kept
    ]


def here() -> str:
    """The language of the page."""
    return base_language(get_language())


def _hundredth(per_cent: float | None) -> float | None:
    return None if per_cent is None else per_cent / 100


def answers_of(version: QuestionVersion) -> dict[str, Reading]:
    """The words of every answer by its id."""
    options = version.of_role(OptionRole.OPTION)
    if version.kind == Kind.TRUE_FALSE:
        words = [_of_option(version, one) for one in options]
        return dict(
            zip(
                ("true", "false"),
                words if len(words) == 2 else (Reading(_("True"), here()), Reading(_("False"), here())),
                strict=True,
            )
        )
    if version.kind == Kind.WORDS:
        passage = read(version, "passage")
        return {
            found[1]: Reading(_plain(found[2], version), passage.language)
            for found in _WORD.finditer(str(passage))
        }
    if version.kind == Kind.MATCHING:
        return _pairs_of(version)
    if version.kind == Kind.SCENARIO:
        options = version.of_role(OptionRole.DECISION)
    return {str(one.key): _of_option(version, one) for one in options}


def _pairs_of(version: QuestionVersion) -> dict[str, Reading]:
    options = version.of_role(OptionRole.OPTION)
    answers = {str(one.match_key): read(one, "match_text") for one in options if one.match_key}
    pairs = {}
    for prompt in options:
        for key, answer in answers.items():
            said = read(prompt, "text")
            line = _("%(prompt)s: %(answer)s") % {"prompt": said, "answer": answer}
            pairs[f"{prompt.key}>{key}"] = Reading(_short(_plain(line, version)), said.language)
    return pairs


def _of_option(version: QuestionVersion, option: Any) -> Reading:
    said = read(option, "text")
    return Reading(_short(_plain(str(said), version)), said.language)


def _right_of(version: QuestionVersion) -> dict[str, bool]:
    """Which answers are right; empty where that has no meaning, or the key cannot be read."""
    try:
        spec = keys.spec_of(version)
    except SpecError:
        return {}
    match version.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return {name: Fraction(worth) > 0 for name, worth in spec["options"].items()}
        case Kind.TRUE_FALSE:
            return {"true": bool(spec.get("answer")), "false": not spec.get("answer")}
        case Kind.WORDS:
            return {name: bool(right) for name, right in spec.get("words", {}).items()}
        case Kind.MATCHING:
            return {
                pair: spec["pairs"].get(pair.split(">")[0]) == pair.split(">")[1]
                for pair in _pairs_of(version)
            }
        case Kind.SCENARIO:
            decisions = (one["decisions"] for one in spec["situations"].values())
            return {name: Fraction(one["worth"]) > 0 for some in decisions for name, one in some.items()}
    return {}


def _plain(text: str, version: QuestionVersion) -> str:
    if version.text_form == TextForm.HTML:
        return " ".join(unescape(_TAG.sub(" ", text)).split())
    return " ".join(_MARK.sub(r"\1", text).split())


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
