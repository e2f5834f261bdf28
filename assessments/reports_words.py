"""What a figure means, in a sentence for those who never learnt statistics, and what to do about it.

The limits are rules of thumb of those who set examinations, not laws; each is used here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.reports_reading import PARTLY, RIGHT, WRONG
from assessments.statistics.languages import Flag

WELL, FAIRLY, WEAKLY = 40, 20, 10  # discrimination in per cent
VERY_EASY, HARD, NEAR_A_GUESS = 0.95, 0.3, 0.05
DEPENDABLE, USABLE, DOUBTFUL = 80, 70, 60  # alpha in per cent
RARE = 0.05


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict (ok, info, warn, bad or none: how a chip is drawn), its name, and a sentence."""

    kind: str
    name: str
    sentence: str


def of_discrimination(value: float | None) -> Said:
    """Say whether a question tells those who know the subject from those who do not."""
    if value is None:
        return Said(
            "none", _("Cannot be told"), _("Everybody earned the same here, so there is nothing to compare.")
        )
    if value < 0:
        return Said(
            "bad",
            _("Check the key"),
            _(
                "People who did well in the rest of the test earned less here than the others."
                " First check whether the key is right, then whether the question can be misread."
            ),
        )
    if value < WEAKLY:
        return Said(
            "warn",
            _("Hardly tells"),
            _(
                "People who did well and people who did badly in the rest of the test answer this"
                " question almost alike. Look at which wrong answers they choose, and rewrite or"
                " replace the question."
            ),
        )
    if value < FAIRLY:
        return Said(
            "warn",
            _("Tells weakly"),
            _(
                "People who did well in the rest of the test do only a little better here. Read the"
                " question with a colleague: it may be ambiguous, or depend on a detail."
            ),
        )
    if value < WELL:
        return Said(
            "ok", _("Tells"), _("People who did well in the rest of the test do better here, as they should.")
        )
    return Said(
        "ok", _("Tells well"), _("The question separates well those who know the subject from the others.")
    )


def of_facility(value: float | None, guess: float | None) -> Said:
    """Say how easy a question was."""
    if value is None:
        return Said("none", _("Not scored"), _("The question earns no marks."))
    if guess and value <= guess + NEAR_A_GUESS:
        return Said(
            "bad",
            _("As if guessed"),
            _(
                "People earned no more than somebody who chooses blindly. Check the key first; then"
                " whether the course teaches what is asked."
            ),
        )
    if value > VERY_EASY:
        return Said(
            "info",
            _("Very easy"),
            _(
                "Nearly everybody earned the full mark. That is fine for what all must know; it says"
                " nothing about who knows more."
            ),
        )
    if value < HARD:
        return Said(
            "warn",
            _("Very hard"),
            _("Less than a third of the marks were earned. See which wrong answers were chosen, and why."),
        )
    return Said("ok", _("Suitable"), _("Neither too easy nor too hard to tell something about people."))


def of_question(question: Mapping[str, Any]) -> Said:
    """Say the one thing about a question that its author should know first."""
    if question["facility"] is None:
        few = Said("none", _("Too few people"), _("Figures are shown from ten people up."))
        return few if question["weight"]["intended"] else of_facility(None, None)
    easy = of_facility(question["facility"]["value"], question["guess"])
    if any((one["difference"] or {}).get("flag") == Flag.LIKELY for one in question["languages"]):
        return Said(
            "bad",
            _("Check a translation"),
            _("In one language the question is harder for people who otherwise do equally well."),
        )
    if question["details"] is None:
        return easy if easy.kind == "bad" else Said("none", _("From thirty people"), easy.sentence)
    tells = of_discrimination(question["details"]["discrimination"])
    order = ("bad", "warn", "info", "none", "ok")
    if tells.kind == "none" and easy.name == _("Very easy"):
        return easy
    return min((tells, easy), key=lambda said: order.index(said.kind))


def of_weight(question: Mapping[str, Any]) -> str:
    """Say how much a question really counts, beside how much it was meant to count."""
    weight = question["weight"]
    if weight["negative"]:
        return _("The question works against the total: whoever earns it tends to earn less elsewhere.")
    if weight["effective"] is None:
        return _("How much it really counts is known where everybody has the same places on the paper.")
    if weight["effective"] < weight["intended"] * 2 / 3:
        return _("It decides less about the order of people than its marks suggest.")
    if weight["effective"] > weight["intended"] * 3 / 2:
        return _("It decides more about the order of people than its marks suggest.")
    return _("It counts about as much as its marks say.")


def of_efficiency(value: float | None) -> str:
    """Say how near a question comes to the best that marks spread like these could do."""
    if value is None:
        return _("Cannot be told where everybody earned the same.")
    if value < 0:
        return _("The question works against the rest of the test.")
    if value < 50:
        return _("Even for a question as easy or hard as this one, it tells little about people.")
    return _("For a question as easy or hard as this one, it tells enough about people.")


def of_alpha(value: float | None) -> Said:
    """Say whether the questions measure one thing well enough to decide about a person."""
    if value is None:
        return Said(
            "none",
            _("Cannot be told"),
            _("It needs at least two scored places that stand on every paper, and marks that differ."),
        )
    if value >= DEPENDABLE:
        return Said("ok", _("Dependable"), _("Good enough to decide about a single person."))
    if value >= USABLE:
        return Said(
            "ok", _("Usable"), _("Good enough for a course with several tests, or several attempts at one.")
        )
    if value >= DOUBTFUL:
        return Said(
            "warn",
            _("Doubtful"),
            _("Treat results near the pass mark with care. More questions, or better ones, would help."),
        )
    return Said(
        "bad",
        _("Not dependable"),
        _(
            "Do not decide about a single person by this test alone. Mend the questions that tell"
            " weakly, or add some. A test of many different subjects has a low figure by nature."
        ),
    )


def of_skewness(value: float | None) -> str:
    """Say to which side the results lean."""
    if value is None:
        return _("Everybody reached the same.")
    if value < -1:
        return _("Most people did well and a few badly: the test tells little among the good.")
    if value > 1:
        return _("Most people did badly and a few well: the test may have been too hard.")
    return _("The results are spread about evenly to both sides of the mean.")


def of_kurtosis(value: float | None) -> str:
    """Say whether results crowd or spread."""
    if value is None:
        return _("Everybody reached the same.")
    if value > 1:
        return _("Most results lie close together, with a few far away.")
    if value < -1:
        return _("The results are spread widely, or fall into two groups.")
    return _("The results crowd around the mean as results of tests usually do.")


def of_difference(difference: Mapping[str, Any] | None) -> Said:
    """Say whether a question is harder in a language for people who do equally well."""
    if difference is None:
        return Said("info", _("Compared with"), _("The other languages are compared with this one."))
    delta = difference["delta"]
    match difference["flag"]:
        case Flag.WATCH:
            return Said("none", _("Too few to tell"), _("Languages are compared from thirty people in each."))
        case Flag.LIKELY if delta is None:
            return Said(
                "bad",
                _("Likely mistranslated"),
                _(
                    "In one of the languages everybody earned the mark, or nobody did, unlike people who"
                    " do equally well in the other. Have the translation read by a native speaker."
                ),
            )
        case Flag.LIKELY if delta < 0:
            return Said(
                "bad",
                _("Likely mistranslated"),
                _(
                    "People who otherwise do equally well earn clearly less in this language. Have the"
                    " translation of the question and of its answers read by a native speaker."
                ),
            )
        case Flag.LIKELY:
            return Said(
                "bad",
                _("Likely mistranslated"),
                _(
                    "People who otherwise do equally well earn clearly more in this language. The"
                    " translation may give the answer away, or the original may be unclear."
                ),
            )
        case Flag.SLIGHT:
            return Said(
                "warn",
                _("Slightly different"),
                _("A difference is likely, but small. Read the translation again when you have time."),
            )
    return Said(
        "ok", _("No difference"), _("The question is as hard in both languages, as far as one can tell.")
    )


def of_answer(answer: Mapping[str, Any], *, right: bool | None) -> str:
    """Say what an answer does for a question; ``right`` is None where that has no meaning."""
    if right is None or not answer["answer"]:
        return ""
    tells = answer["discrimination"]
    if right and tells is not None and tells < 0:
        return _("The right answer is chosen less by those who do well. Check the key.")
    if right:
        return ""
    if tells is not None and tells > FAIRLY / 2:
        return _("Those who do well choose it. Is it perhaps right, or can it be read so?")
    if answer["share"] < RARE:
        return _("Hardly anybody takes it. A mistake that people really make would do more.")
    return ""


def of_kind_of_answer(answer: str) -> str:
    """Name what stands for answers in people's own words, and for no answer."""
    return {
        "": _("No answer"),
        RIGHT: _("Right answers"),
        PARTLY: _("Answers right in part"),
        WRONG: _("Wrong answers"),
    }.get(answer, "")


def of_effect(value: float | None) -> str:
    """Say how large a gain is, measured by how much people differ."""
    if value is None:
        return _("People do not differ, so there is nothing to measure the gain by.")
    size = abs(value)
    if size < 0.2:
        return _("Hardly any change beside how much people differ.")
    if size < 0.5:
        return _("A small change beside how much people differ.")
    if size < 0.8:
        return _("A clear change: it would be noticed by somebody who knows these people.")
    return _("A large change: about four in five now do better than the middle person did before.")
