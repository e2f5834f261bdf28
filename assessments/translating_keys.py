"""The texts of a question that stand in its key: accepted answers, units, lists of the first release."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django_countries import countries

from assessments.models import QuestionVersion
from assessments.translating_words import Label, Shape, Text, numbered

_WHOLE = Fraction(1)


def texts_of_key(version: QuestionVersion) -> Iterator[Text]:
    """The accepted answers of the one field and its unit."""
    marking = version.marking or {}
    yield from _accepted(marking, "accepted", "")
    yield from _unit(marking, "unit", "")


def texts_of_gap(version: QuestionVersion, name: str) -> Iterator[Text]:
    """The accepted answers of a gap, its unit, and its list where it stands in the key."""
    gap = (version.marking or {}).get("gaps", {}).get(name) or {}
    of = numbered(_("Gap"), name)
    yield from _accepted(gap, f"gap.{name}.accepted", of)
    yield from _unit(gap, f"gap.{name}.unit", of)
    for place, (entry, texts) in enumerate((gap.get("texts") or {}).items(), start=1):
        if isinstance(texts, dict):
            label = numbered(_("Entry"), place)
            yield _entry(texts, f"gap.{name}.texts.{entry}", of, label, Shape.LINE)


def texts_of_rubric(version: QuestionVersion) -> Iterator[Text]:
    """The criteria that stand in the key."""
    for place, line in enumerate((version.marking or {}).get("rubric") or (), start=1):
        if isinstance(line.get("text"), dict):
            yield _entry(line["text"], f"rubric.{place}", numbered(_("Criterion"), place), "", Shape.PROSE)


def texts_of_countries(version: QuestionVersion) -> Iterator[Text]:
    """What else is accepted in some countries. Citations are in the language of their law, and stay so."""
    for code, changes in ((version.marking or {}).get("jurisdictions") or {}).items():
        country = str(countries.name(code)) or code
        for place, change in enumerate(changes):
            yield from _accepted(change, f"{code}.{place}.accepted", country)
            for name, gap in (change.get("gaps") or {}).items():
                of = _("%(part)s: %(field)s") % {"part": country, "field": numbered(_("Gap"), name)}
                yield from _accepted(gap, f"{code}.{place}.gap.{name}.accepted", of)


def _accepted(holder: Any, name: str, of: Label) -> Iterator[Text]:
    """The forms of a language, one a line; those worth less than everything are a text of their own."""
    held = holder.get("accepted") if isinstance(holder, Mapping) else None
    if not isinstance(held, dict):
        return
    shares = {_share(form) for forms in held.values() for form in forms}
    for share in sorted({_WHOLE, *shares}, reverse=True):
        yield _forms(held, name, of, share)


def _forms(held: MutableMapping[str, list[Any]], name: str, of: Label, share: Fraction) -> Text:
    def read(language: str) -> str:
        return "\n".join(_form(form) for form in held.get(language, ()) if _share(form) == share)

    def write(language: str, words: str) -> None:
        others = [form for form in held.get(language, ()) if _share(form) != share]
        said = dict.fromkeys(line.strip() for line in words.splitlines() if line.strip())
        own: Sequence[Any] = [
            line if share == _WHOLE else {"text": line, "fraction": str(share)} for line in said
        ]
        held[language] = sorted([*own, *others], key=_share, reverse=True)
        if not held[language]:
            del held[language]

    if share == _WHOLE:
        return Text(name, of, _("Accepted answers"), Shape.FORMS, read, write, stands_alone=True)
    label = _("Accepted answers that are worth %(share)s of the mark") % {"share": share}
    return Text(f"{name}:{share}", of, label, Shape.FORMS, read, write, may_be_blank=True, stands_alone=True)


def _unit(holder: Any, name: str, of: Label) -> Iterator[Text]:
    unit = holder.get("unit") if isinstance(holder, Mapping) else None
    label = unit.get("label") if isinstance(unit, Mapping) else None
    if isinstance(label, dict):
        yield _entry(label, name, of, _("Unit"), Shape.LINE)


def _entry(texts: MutableMapping[str, str], name: str, of: Label, label: Label, shape: Shape) -> Text:
    def read(language: str) -> str:
        return str(texts.get(language) or "")

    def write(language: str, words: str) -> None:
        texts[language] = words
        if not words:
            del texts[language]

    return Text(name, of, label, shape, read, write)


def _form(form: Any) -> str:
    return str(form.get("text") if isinstance(form, Mapping) else form)


def _share(form: Any) -> Fraction:
    return Fraction(str(form.get("fraction", 1))) if isinstance(form, Mapping) else _WHOLE
