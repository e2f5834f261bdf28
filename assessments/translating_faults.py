"""What a translation has to keep of its source: gaps, words to be selected, pictures."""

import re
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.interchange import InterchangeError
from assessments.interchange.markup import clean, media_names
from assessments.scoring.wording import says_something
from assessments.translating_words import Shape, Text

LONGEST = 20_000
_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_WORD = re.compile(r"\{\{\s*(\w+)\s*\|\s*[^{}\s][^{}]*\}\}")
_MARK = re.compile(r"\{\{[^{}]*\}\}")
_MARKS = {Shape.GAPS: _GAP, Shape.WORDS: _WORD}


def fault_in(text: Text, source: str, translation: str) -> str:
    """Why a translation cannot be stored, in words for the translator; "" where it can."""
    if len(translation) > LONGEST:
        return _("This is too long.")
    if not translation.strip():
        return ""
    if text.shape in _MARKS:
        return _fault_of_marks(text.shape, source, translation) or _fault_of_html(text, source, translation)
    if text.shape == Shape.FORMS and not all(map(says_something, _lines(translation))):
        return _("An accepted answer has to hold more than * and full stops.")
    return _fault_of_html(text, source, translation)


def _fault_of_marks(shape: Shape, source: str, translation: str) -> str:
    wanted, given = (Counter(_MARKS[shape].findall(words)) for words in (source, translation))
    if wanted == given and len(_MARK.findall(translation)) == given.total():
        return ""
    missing, foreign = _named(wanted - given), _named(given - wanted)
    if shape == Shape.GAPS:
        if missing:
            return _("Keep the gaps of the source, each once. Missing: %(marks)s.") % {
                "marks": " ".join(f"{{{{{name}}}}}" for name in missing)
            }
        return _("Write only the gaps of the source, each once, as the source writes them.")
    if missing:
        return _("Keep the words to be selected, each once with its number. Missing: %(numbers)s.") % {
            "numbers": " ".join(missing)
        }
    return _("Mark only the words that the source marks, each once with its number: %(numbers)s.") % {
        "numbers": " ".join(foreign or _named(wanted))
    }


def _fault_of_html(text: Text, source: str, translation: str) -> str:
    if not text.is_html:
        return ""
    try:
        shown = media_names(clean(translation))
    except InterchangeError:
        return _("This is too long, or nested too deeply.")
    missing = [name for name in media_names(source) if name not in shown]
    foreign = [name for name in shown if name not in media_names(source)]
    if missing:
        return _("Keep the pictures of the source. Missing: %(names)s.") % {"names": " ".join(missing)}
    if foreign:
        return _("The source has no such picture: %(names)s.") % {"names": " ".join(foreign)}
    return ""


def _named(marks: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(marks))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
