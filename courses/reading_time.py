"""How many minutes a lesson takes in a language: its words, its media, its exercises. No Django.

A lesson comes as its stream is stored: a list of blocks, each with `type`, `id` and `value`.

Not counted: the law of the reader's own country, which differs from reader to reader and is not in the
lesson; what is read only in place of something else (the words of a picture, the summary of a passage
with a warning); and reasons behind answers, for which the minute of the check is meant.
"""

import html
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

# Words a minute. Means of adults who read everyday texts aloud in their own language: Trauzettel-
# Klosinski and Dietz, "Standardized Assessment of Reading Performance: The New International Reading
# Speed Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012), 5452-5461. Their Portuguese
# is the Brazilian. Bangla is not among their seventeen languages: 150 is our guess, to be corrected when
# somebody has measured it.
SPEEDS: Mapping[str, int] = MappingProxyType(
    {"en": 228, "es": 218, "pt": 181, "fr": 195, "ar": 138, "bn": 150}
)

# Lessons are studied, not just read: a definition is read twice and held against the facts. That is a
# choice, not a measurement. Carver (Reading Rate, 1990) puts reading in order to learn at 200 words
# where ordinary reading has 300, two thirds; articles of treaties are denser than textbooks.
STUDY = 0.6

# To answer, to write a note, to decide a case: minutes beside those for reading the words.
EXERCISES: Mapping[str, int] = MappingProxyType({"knowledge_check": 1, "reflection": 3, "case_study": 3})

# Parts of a block that are no text, or that nobody reads who has read the rest.
UNREAD: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "content_warning": frozenset({"summary"}),
        "image": frozenset({"alt"}),
        "knowledge_check": frozenset({"feedback"}),
        "law_comparison": frozenset({"topics", "article"}),
        "quotation": frozenset({"original_language"}),
    }
)
PLAYED = "transcript"  # not read by who listens: counts only where the length is not known

_BREAK = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def minutes(
    blocks: Iterable[Mapping[str, Any]],
    *,
    language: str,
    lede: str = "",
    seconds: Mapping[str, float] = MappingProxyType({}),
) -> int:
    """Return the minutes of a lesson, rounded as people say them; never less than one.

    `seconds` holds, by block id, how long a video or recording is, where that is known.
    """
    read, played, worked = words(lede), 0.0, 0
    for block in blocks:
        kind, length = block["type"], seconds.get(block.get("id") or "")
        left_out = UNREAD.get(kind, frozenset()) | ({PLAYED} if length else frozenset())
        read += sum(words(text) for text in _texts(block["value"], left_out))
        played += length or 0
        worked += EXERCISES.get(kind, 0)
    return rounded(read / (SPEEDS[language] * STUDY) + played / 60 + worked)


def words(text: str) -> int:
    """Return how many words a text has, plain or rich: what stands between spaces and is no mere sign."""
    plain = html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    return sum(any(sign.isalnum() for sign in word) for word in plain.split())


def rounded(exact: float) -> int:
    """Return whole minutes up to five, above that the nearest five; one at the least."""
    step = 1 if exact <= 5 else 5
    return max(1, math.floor(exact / step + 0.5) * step)


def _texts(value: Any, left_out: frozenset[str]) -> Iterator[str]:
    """Yield the texts in a block's value, whether its lists come from the editor or from a package."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            # the editor wraps each row of a list with its type and id
            yield from _texts(part["value"] if _is_wrapped(part) else part, left_out)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in left_out:
                yield from _texts(part, left_out)


def _is_wrapped(part: Any) -> bool:
    return isinstance(part, Mapping) and part.get("type") == "item" and "value" in part
