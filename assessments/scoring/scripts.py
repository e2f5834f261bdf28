"""What differs in writing but not for a reader: digits of any script, and letters of Bangla."""

import re
import unicodedata

_SIGNS = "\u09be-\u09c4\u09c7\u09c8\u09cb\u09cc\u09d7"
_CANDRABINDU = "\u0981"
# one letter that some keyboards write as two; ড়, ঢ় and য় are evened out by Unicode's own forms
_PAIRS = {
    "ব\u09bc": "র",
    "অ\u09be": "আ",
    "\u09c7\u09be": "\u09cb",
    "\u09c7\u09d7": "\u09cc",
}
_PAIR = re.compile("|".join(map(re.escape, _PAIRS)))
# a candrabindu belongs behind the vowel sign, and is often typed before it
_SIGNED = re.compile(f"[{_SIGNS}{_CANDRABINDU}]{{2,}}")
# a colon typed for a visarga, as in দু:খ
_COLON = re.compile(f"(?<=[\u0985-\u09b9{_SIGNS}]):(?=[\u0985-\u09b9])")
# khanda ta was once written with a joiner, which must not be dropped before it is read
_KHANDA_TA = ("ত\u09cd\u200d", "ৎ")


def western_digits(text: str) -> str:
    """The text with every decimal digit of any script written 0-9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char for char in text
    )


def visible(text: str) -> str:
    """The text without joiners, marks of direction, and what only stretches a line (tatweel)."""
    text = text.replace(*_KHANDA_TA).replace("ـ", "")
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def bangla_letters(text: str) -> str:
    """The text with each Bangla letter in one form, however a keyboard wrote it."""
    text = _SIGNED.sub(_candrabindu_last, text)
    text = _PAIR.sub(lambda pair: _PAIRS[pair[0]], text)
    return _COLON.sub("\u0983", text)


def _candrabindu_last(signs: re.Match[str]) -> str:
    return "".join(sorted(signs[0], key=_CANDRABINDU.__eq__))
