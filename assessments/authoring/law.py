"""The form of what differs in one country, and the provision that makes it so."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from assessments import outside
from assessments.authoring.fields import line
from assessments.authoring.kinds import FORMS
from assessments.authoring.law_fields import CHANGES, FIELDS, Keys
from assessments.authoring.rows import Text
from assessments.keys import spec_of
from assessments.models import QuestionVersion
from assessments.scoring import SpecError, check_key, for_jurisdiction
from assessments.scoring.jurisdictions import CHANGEABLE

_NOTHING = _("Nothing differs from what holds everywhere. Change the answer, or leave the country out.")


def may_differ(kind: str) -> bool:
    """Whether the key of a kind can differ by country."""
    return kind in CHANGEABLE


class LawForm(forms.Form):
    """One country: the answer that is right there, and why.

    A country may have several changes, each with its own citation; the form is for the first, and
    the others stay.
    """

    use_required_attribute = False

    country = forms.ChoiceField(label=_("Country"))
    provision = forms.ChoiceField(
        label=_("Provision"),
        required=False,
        help_text=_("When it changes or is due for review, the question is listed to be looked at."),
    )
    citation = forms.CharField(
        label=_("Citation"),
        max_length=400,
        required=False,
        widget=line(),
        help_text=_("As learners read it. Empty: that of the provision."),
    )

    def __init__(self, data: Any = None, *, version: QuestionVersion, code: str = "") -> None:
        self.version, self.code = version, code
        usual = {name: value for name, value in spec_of(version).items() if name != "jurisdictions"}
        self.usual = usual
        self.keys = Keys(version, usual, for_jurisdiction(spec_of(version), code) if code else usual)
        known = (version.marking or {}).get("jurisdictions", {}).get(code) or [{}]
        self.first, self.others = known[0], list(known[1:])
        names = ("citation", "provision")
        super().__init__(data, initial={"country": code, **{name: self.first.get(name) for name in names}})
        self.provisions = {str(one.key): one for one in outside.provisions_of(code)}
        country, provision = self.fields["country"], self.fields["provision"]
        assert isinstance(country, forms.ChoiceField)
        assert isinstance(provision, forms.ChoiceField)
        taken = (version.marking or {}).get("jurisdictions", {})
        country.choices = [
            ("", _("Choose a country")),
            *((one, name) for one, name in countries if one == code or one not in taken),
        ]
        if code:
            del self.fields["country"]
        provision.choices = [
            ("", _("None of these")),
            *(
                (key, one.citation if code else f"{one.country}: {one.citation}")
                for key, one in self.provisions.items()
            ),
        ]
        self.fields |= FIELDS[version.kind](self.keys)

    @property
    def answer(self) -> list[forms.BoundField]:
        """The fields of the answer."""
        return [self[name] for name in self.fields if name.startswith("a-")]

    @property
    def why(self) -> list[forms.BoundField]:
        """Country, provision and citation."""
        return [self[name] for name in self.fields if not name.startswith("a-")]

    def clean(self) -> dict[str, Any]:
        """Ask for what makes it so, and for a difference that can be marked."""
        found = super().clean() or self.cleaned_data
        chosen = self.provisions.get(found.get("provision") or "")
        code = self.code or found.get("country") or ""
        if chosen and code and chosen.country != code:
            self.add_error("provision", _("This provision is the law of another country."))
        if not found.get("citation") and not chosen:
            self.add_error("citation", _("Cite the provision that makes it so."))
        if not self.errors:
            found["citation"] = found["citation"] or (chosen.citation if chosen else "")
            try:
                self.marking = self._marking(code, found)
                check_key(self.version.kind, self.usual | {"jurisdictions": self.marking["jurisdictions"]})
            except SpecError as error:
                self.add_error(None, str(_said_of(error, self.version.kind, code)))
        return found

    def _marking(self, code: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The marking of the version with this change."""
        about = {name: given[name] for name in ("citation", "provision") if given.get(name)}
        change = about | CHANGES[self.version.kind](self.keys, given)
        stored = dict(self.version.marking or {})
        by_code = {**stored.get("jurisdictions", {}), code: [change, *self.others]}
        cited = dict(stored.get("cited", {}))
        if chosen := self.provisions.get(given.get("provision") or ""):
            cited[str(chosen.key)] = chosen.digest
        return stored | {"jurisdictions": by_code} | ({"cited": cited} if cited else {})


def _said_of(error: SpecError, kind: str, code: str) -> Text:
    """What keeps the answer of a country from being marked by, in the words of the form of its kind."""
    # scoring names the country where the changed key is at fault; else nothing has changed
    fault = str(error).removeprefix(f"{code}: ")
    known = FORMS[kind].SENTENCES.get(fault) if fault != str(error) else None
    return known[1] if known else _NOTHING


def without(version: QuestionVersion, code: str) -> dict[str, Any]:
    """The marking of a version without what differs in a country."""
    stored = dict(version.marking or {})
    by_code = {one: changes for one, changes in stored.get("jurisdictions", {}).items() if one != code}
    kept = {name: value for name, value in stored.items() if name != "jurisdictions"}
    return kept | ({"jurisdictions": by_code} if by_code else {})
