"""Fill the table of docs/scripts.md: which languages are drawn and copied right, measured here and now.

`python -m tests.certificates.make_table` writes it; with `--ink` it also measures against
Chromium again, which takes a minute, and keeps the result in golden/ink.json.
"""

import json
import math
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import django
from babel import Locale

from certificates.pdf import coverage, faces, render
from certificates.pdf.scripts import main_script
from tests.certificates import make_golden, reading

TABLE = Path(__file__).parents[2] / "docs" / "scripts.md"
INK = make_golden.GOLDEN / "ink.json"
SCRIPTS = {
    "Latn": "Latin",
    "Cyrl": "Cyrillic",
    "Arab": "Arabic",
    "Thaa": "Thaana",
    "Beng": "Bangla",
    "Deva": "Devanagari",
    "Thai": "Thai",
}
# a heading and what stands under it for a language; further columns go at the end
COLUMNS: dict[str, Callable[[str], str]] = {
    "Language": lambda code: english(code),
    "Script": lambda code: _script(code),
    "Letters": lambda code: _letters(code),
    "Shaped": lambda code: _shaped(code),
    "Ink": lambda code: json.loads(INK.read_text()).get(code, "–"),
    "Copied": lambda code: _copied(code),
    "By glyphs alone": lambda code: _by_glyphs(code),
    "Signed": lambda code: _signed(code),
    "Checked offline": lambda code: _checked_offline(code),
}
FROM, TO = "<!-- measured -->\n", "<!-- end of what is measured -->"


def languages() -> list[str]:
    """The languages there is a sheet of, by their English names."""
    return sorted({fields["language"] for fields in make_golden.samples().values()}, key=english)


def english(code: str) -> str:
    # CLDR calls it Divehi
    return "Dhivehi" if code == "dv" else str(Locale.parse(code).get_display_name("en"))


def page() -> str:
    """The page of the guides with its table measured again."""
    rows = [list(COLUMNS), ["---"] * len(COLUMNS)]
    before, _, rest = TABLE.read_text().partition(FROM)
    _, _, after = rest.partition(TO)
    lines = [f"| {' | '.join(row)} |\n" for row in rows] + [line(code) for code in languages()]
    return before + FROM + "".join(lines) + TO + after


def line(code: str) -> str:
    """What is measured of a language, as a line of the table."""
    return f"| {' | '.join(cell(code) for cell in COLUMNS.values())} |\n"


@cache
def _drawn(key: str) -> bytes:
    return render(make_golden.document_of(key))


def _keys(code: str) -> list[str]:
    return [key for key, fields in make_golden.samples().items() if fields["language"] == code]


def _title(code: str) -> str:
    return make_golden.document_of(_keys(code)[0]).title


def _script(code: str) -> str:
    direction = ", right to left" if faces.is_right_to_left(_title(code)) else ""
    return SCRIPTS[main_script(_title(code))] + direction


def _letters(code: str) -> str:
    letters, missing = coverage.letters_of(code) or set(), coverage.missing_letters(code) or set()
    return f"{len(letters) - len(missing)} of {len(letters)}"


def _shaped(code: str) -> str:
    rows = [row for row in make_golden.strings() if row[1] == code]
    same = [
        make_golden.our_glyph_run(family, language, text) == make_golden.glyph_run(family, language, text)
        for _name, language, family, text in rows
    ]
    return f"{sum(same)} of {len(same)}"


def _copied(code: str) -> str:
    keys = _keys(code)
    if not faces.is_right_to_left(_title(code)):
        exact = [reading.copied(_drawn(key)) == _set(key) for key in keys if _runs_left_to_right(key)]
        return f"exactly, {sum(exact)} of {len(exact)}"
    kept = [
        word in reading.said(_drawn(key))
        for key in keys
        for word in reading.right_to_left_words(make_golden.document_of(key))
    ]
    return f"`/ActualText`, {sum(kept)} of {len(kept)} words"


def _by_glyphs(code: str) -> str:
    keys = [key for key in _keys(code) if _runs_left_to_right(key) and _in_one_script(key)]
    if not keys:
        return "see below"
    read = {key: reading.by_glyphs(_drawn(key)) for key in keys}
    if all(read[key] == _set(key) for key in keys):
        return "exactly"
    if all(reading.letters(read[key]) == reading.letters(_set(key)) for key in keys):
        return "every letter"
    return "not all"


def _signed(code: str) -> str:
    from tests.certificates import proving

    return _counted([proving.is_signed(_drawn(key)) for key in _keys(code)])


def _checked_offline(code: str) -> str:
    from tests.certificates import proving

    return _counted([proving.is_checked_offline(make_golden.document_of(key)) for key in _keys(code)])


def _counted(right: list[bool]) -> str:
    return f"{sum(right)} of {len(right)}"


def _set(key: str) -> str:
    return reading.set_text(make_golden.document_of(key))


def _runs_left_to_right(key: str) -> bool:
    return not reading.right_to_left_words(make_golden.document_of(key))


def _in_one_script(key: str) -> bool:
    sheet = make_golden.document_of(key)
    return faces.face_of(sheet.name) == faces.face_of(sheet.title)


def measure_ink() -> None:
    """Keep the least ink that any string of each language shares with Chromium's."""
    from tests.certificates import ink

    least: dict[str, float] = {}
    with ink.launched() as browser:
        for _name, language, family, texts in json.loads((make_golden.GOLDEN / "strings.json").read_text()):
            pairs = zip(
                ink.ours(family, language, texts),
                ink.chromiums(browser, family, language, texts),
                strict=True,
            )
            worst = min(ink.shared(one, other) for one, other in pairs)
            least[language] = min(worst, least.get(language, 1.0))
    found = {code: f"{math.floor(share * 100) / 100:.2f}" for code, share in sorted(least.items())}
    INK.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    if "--ink" in sys.argv:
        measure_ink()
    TABLE.write_text(page())
