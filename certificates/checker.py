"""The offline checker: one HTML file with everything in it that checks a certificate without a network.

It holds the public keys and the signed list of the day on which it was made, and the words of every
language of the interface. Its own policy lets it load nothing and run no script but its own.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.utils.translation import override

from certificates import key_set, keys, revocations, seal
from certificates.checker_words import without_script, words
from certificates.choices import KeyUse
from translation.reading import direction

FILE = "certificate-checker.html"
PARTS = Path(__file__).parent / "offline"
SCRIPTS = ("crypto.js", "statement.js", "page.js")
STYLE = "css/site.css"


def build() -> str:
    """The file, with the keys and the list as they are now. Raises NoKeys."""
    style = Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
    script = "\n".join((PARTS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    template = engines["django"].from_string((PARTS / "checker.html").read_text(encoding="utf-8"))
    return template.render(
        {
            "style": style,
            "style_hash": _hash(style),
            "script": script,
            "script_hash": _hash(script),
            "signs": ("check", "cross", "help"),
            "issuer": settings.INSTITUTE_NAME,
            "site": seal.site(),
            "languages": [(code, name, direction(code)) for code, name in settings.LANGUAGES],
            "noscript": [(code, _in(code, without_script)) for code, _name in settings.LANGUAGES],
            "data": _data(),
        }
    )


def _data() -> dict[str, Any]:
    known = [key for key in keys.public_keys() if key.use == KeyUse.STATEMENT]
    return {
        "issuer": settings.INSTITUTE_NAME,
        "site": seal.site(),
        "keys": key_set.published(known)["keys"],
        "list": revocations.current(),
        "languages": [{"code": code, "direction": direction(code)} for code, _name in settings.LANGUAGES],
        "words": {code: _in(code, words) for code, _name in settings.LANGUAGES},
    }


def _in(language: str, make: Any) -> Any:
    with override(language):
        return make()


def _hash(text: str) -> str:
    """How a security policy names an inline part."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()
