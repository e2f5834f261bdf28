"""Where a line may end: at spaces, at the breaks an author set, and in Thai before some vowels."""

from __future__ import annotations

import re

# What authors of Thai type between words: it is not drawn, but a line may end there
ZERO_WIDTH_SPACE = "\u200b"

# Words that do not end a line: parts of names, articles and prepositions that lead to the next word.
_LEADS_ON = re.compile(
    "عبد|بن|بنت|ابن|أبو|أم|آل|bin|bint|ibn|abu|al|el|la|los|las|de|del|da|do|das|dos|di|du|des|le|les"
    "|van|von|der|y|e|a|o|et|the|of|and|in|en|«",
    re.IGNORECASE,
)
# What does not begin one: French sets these apart from the word before, Thai the sign of repetition.
_ENDS = re.compile(r"[:;!?»–—%.,]+|[ๆฯ].*")
_WORD = re.compile(f"([^ {ZERO_WIDTH_SPACE}]+)([ {ZERO_WIDTH_SPACE}]*)")
# Thai writes its words together. These vowels always begin a syllable.
_THAI_SYLLABLE = re.compile("(?<=[ก-๎])(?=[เแโใไ])")


def shown(text: str) -> str:
    """The text as it is drawn on one line."""
    return text.replace(ZERO_WIDTH_SPACE, "")


def pieces(text: str, *, within_words: bool = False) -> list[str]:
    """The text cut where a line may end, each piece with the space after it.

    `within_words` also cuts Thai between syllables: for words that are too long for a line.
    """
    found: list[str] = []
    open_ended = False
    for word, after in _WORD.findall(text):
        space = " " if " " in after else ""
        parts = _THAI_SYLLABLE.split(word) if within_words else [word]
        parts[-1] += space
        if found and (open_ended or _ENDS.fullmatch(word)):
            found[-1] += parts.pop(0)
        found += parts
        open_ended = _LEADS_ON.fullmatch(word) is not None
    return found
