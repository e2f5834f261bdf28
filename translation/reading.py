"""How a reader gets a translated text: their language where it exists, else the source, marked."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, get_language_info

RTL_LANGUAGES = frozenset({"ar", "fa", "ur", "dv", "he"})


@dataclass(frozen=True)
class Reading:
    """A text and the language in which it stands."""

    value: Any
    language: str

    def __bool__(self) -> bool:
        return bool(self.value)

    def __str__(self) -> str:
        return str(self.value or "")


def base_language(code: str | None) -> str:
    """Return `es` for `es`, `es-mx` or `es_MX`."""
    return (code or "en").replace("_", "-").split("-")[0].lower()


def read(record: Any, field: str, *languages: str | None) -> Reading:
    """Return the field in the first of `languages` that has it (default: the active one), else the source."""
    source: str = record.source_language
    for language in (*(languages or (get_language(),)), source):
        wanted = base_language(language or get_language())
        if value := getattr(record, f"{field}_{wanted}", None):
            return Reading(value, wanted)
    return Reading(None, source)


def text(record: Any, field: str, language: str | None = None) -> str:
    """Return the words alone, for places that cannot carry a `lang` (title elements, exports)."""
    return str(read(record, field, language))


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if base_language(language) in RTL_LANGUAGES else "ltr"


def language_name(language: str) -> str:
    """Return the language's name in itself: Español, العربية."""
    name: str = get_language_info(base_language(language))["name_local"]
    return name[:1].upper() + name[1:]


def language_columns(field: str, languages: set[str], every: tuple[str, ...]) -> list[str]:
    """Return the columns of the other languages, for `defer()`: a reader loads only theirs."""
    return [f"{field}_{code}" for code in every if code not in languages]
