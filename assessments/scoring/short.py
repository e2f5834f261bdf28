"""Short answer: a word or a few, compared with accepted forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assessments.scoring.outcome import ONE, ZERO, Outcome, SpecError
from assessments.scoring.reading import answered_text, exact, mapping_in
from assessments.scoring.wording import matches, says_something


@dataclass(frozen=True)
class AcceptedForm:
    """One wording, what it is worth, and what makes a difference in its language."""

    text: str
    fraction: Fraction
    keep_case: bool
    keep_accents: bool

    def is_met_by(self, given: str) -> bool:
        """Whether somebody wrote this form."""
        return matches(given, self.text, keep_case=self.keep_case, keep_accents=self.keep_accents)


@dataclass(frozen=True)
class Wordings:
    """Accepted forms of every language together.

    A form counts whatever language the page was in: a learner who thinks in Spanish and types
    the Spanish word in the English page has answered the question.
    """

    forms: tuple[AcceptedForm, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Wordings":
        """Read ``{"accepted": {"es": ["…", {"text": "…", "fraction": "1/2"}]}, "case": false}``.

        "case" and "accents" say whether these make a difference: in all languages, or in each
        (``{"fr": true}``; in those not named they make none). SpecError when a form is empty or
        no form is worth everything.
        """
        forms = [
            _form(entry, _kept(data, "case", language), _kept(data, "accents", language))
            for language, entries in mapping_in(data, "accepted").items()
            for entry in _listed(entries, language)
        ]
        if not any(form.fraction == ONE for form in forms):
            raise SpecError("at least one accepted form has to be worth everything")
        return cls(tuple(forms))

    def fraction_of(self, given: str) -> Fraction:
        """The best fraction among the forms that the text matches."""
        return max((form.fraction for form in self.forms if form.is_met_by(given)), default=ZERO)


@dataclass(frozen=True)
class Key:
    """The accepted wordings of the one field."""

    wordings: Wordings

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> "Key":
        """Read the accepted forms; see ``Wordings.parse``."""
        return cls(Wordings.parse(data))

    def clean(self, response: Mapping[str, Any]) -> dict[str, Any]:
        """The response in its stored form; empty when nothing was typed."""
        text = answered_text(response.get("text")).strip()
        return {"text": text} if text else {}

    def mark(self, response: Mapping[str, Any], language: str) -> Outcome:
        """The fraction of the best accepted form."""
        return Outcome.of(self.wordings.fraction_of(response["text"]))


def _kept(data: Mapping[str, Any], name: str, language: str) -> bool:
    kept = data.get(name)
    return bool(kept.get(language)) if isinstance(kept, Mapping) else bool(kept)


def _listed(entries: Any, language: str) -> Sequence[Any]:
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise SpecError(f"the accepted forms of '{language}' have to be a list")
    return entries


def _form(entry: Any, keep_case: bool, keep_accents: bool) -> AcceptedForm:
    text, fraction = (
        (entry.get("text"), exact(entry.get("fraction", 1))) if isinstance(entry, Mapping) else (entry, ONE)
    )
    # without this a lone "*" or "." would accept every answer
    if not isinstance(text, str) or not says_something(text):
        raise SpecError("an accepted form has to say something")
    if not ZERO < fraction <= ONE:
        raise SpecError("an accepted form is worth more than 0 and at most 1")
    return AcceptedForm(text, fraction, keep_case, keep_accents)
