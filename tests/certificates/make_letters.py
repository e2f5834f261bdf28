"""Draw up the table of each language's letters from Unicode's CLDR.

`npm pack cldr-misc-full`, unpack it, and run this with the folder that holds its `package.json`.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

from certificates.pdf.coverage import LETTERS

# so many letters stand for all of a script with thousands
MOST = 400
# languages that leave their letters to another one
SAME = {"nb": "no"}


def letters_in(pattern: str) -> set[str]:
    """The characters in a set written like "[a á b-d {dh} \\u200C]"."""
    inner = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), pattern[1:-1])
    found: set[str] = set()
    tokens = re.findall(r"\\(.)|(\S)", inner)
    plain = [escaped or bare for escaped, bare in tokens]
    for i, (escaped, bare) in enumerate(tokens):
        if bare == "-" and 0 < i < len(plain) - 1:
            found |= set(map(chr, range(ord(plain[i - 1]), ord(plain[i + 1]) + 1)))
        elif bare not in ("{", "}", "-"):
            found.add(escaped or bare)
    return found


def of(characters: dict[str, str]) -> str:
    """The letters of a language and the digits of its own, in order."""
    letters = letters_in(characters.get("exemplarCharacters", "[]"))
    digits = {c for c in letters_in(characters.get("numbers", "[]")) if c.isdecimal() and not c.isascii()}
    found = sorted(c for c in letters | digits if unicodedata.category(c)[0] in "LMN")
    return "".join(found if len(found) <= MOST else found[:: len(found) // MOST])


def main(folder: Path) -> None:
    version = json.loads((folder / "package.json").read_text())["version"]
    table: dict[str, str] = {}
    for file in sorted(folder.glob("main/*/characters.json")):
        name = file.parent.name
        if re.fullmatch(r"[a-z]+(-[A-Z][a-z]{3})?", name):
            ((_, locale),) = json.loads(file.read_text())["main"].items()
            table[name] = of(locale["characters"])
    table |= {name: table[other] for name, other in SAME.items()}
    table = {name: letters for name, letters in sorted(table.items()) if letters}
    about = f"Main exemplar characters of Unicode CLDR {version}; Unicode License v3, © Unicode, Inc."
    lines = json.dumps({"source": about, "letters": table}, ensure_ascii=False, indent=0)
    LETTERS.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
