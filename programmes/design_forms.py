"""The form of a certificate design: its slots, who signs, and its words in every language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import CharField, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certificates import designs, pictures
from certificates.choices import Background, Kind
from certificates.models import Design, DesignSignatory
from certificates.pdf import uncovered
from courses.models import Course
from programmes.certificate_forms import undrawn
from programmes.forms import CourseChoice
from translation.reading import direction, language_name, text

PLACES = (1, 2)
SLOTS = {
    "logo": (_("Logo"), _("Stands in the middle, or at the beginning where there are two.")),
    "second_logo": (_("Logo of a partner"), ""),
    "seal": (_("Seal"), _("Takes the place of the drawn seal.")),
}
LIMITS = _("PNG or JPEG, at most 500 kB. A PNG may be see-through.")


class PictureField(forms.Field):
    """An uploaded picture as a cleaned PNG; None when nothing was chosen."""

    widget = forms.FileInput(attrs={"accept": "image/png,image/jpeg"})

    def clean(self, value: UploadedFile | None) -> bytes | None:
        if not value:
            return None
        try:
            return pictures.cleaned(value)
        except pictures.BadPicture as fault:
            raise forms.ValidationError(str(fault)) from fault


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in the form: its field, and what it shows now (the name of its slot, or nothing)."""

    field: forms.BoundField
    remove: forms.BoundField | None
    shown: str


@dataclass(frozen=True, slots=True)
class Language:
    """The words in one language."""

    code: str
    name: str
    fields: list[forms.BoundField]


class DesignForm(forms.Form):
    """A design as staff fill it in."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For yourselves; it is not printed."))
    course_code = forms.ChoiceField(label=_("For the course"), required=False)
    background = forms.ChoiceField(
        label=_("Background"), choices=Background.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, files: Any = None, *, design: Design) -> None:
        self.design = design
        self.signatories = {who.place: who for who in design.signatories.all()} if design.pk else {}
        super().__init__(data, files, initial=self._now())
        cast(forms.ChoiceField, self.fields["course_code"]).choices = self._courses()
        for slot, (label, hint) in SLOTS.items():
            self._add_picture(slot, label, hint, bool(getattr(design, slot)))
        for place in PLACES:
            self._add_signatory(place)
        for code in designs.LANGUAGES:
            self._add_words(code)

    # --- how it is shown ---
    def first_fields(self) -> list[forms.BoundField]:
        """Name, course and background."""
        return [self[name] for name in ("name", "course_code", "background")]

    def pictures(self) -> Iterator[Picture]:
        """Logos and seal."""
        for slot in SLOTS:
            yield self._picture(slot)

    def people(self) -> Iterator[tuple[int, forms.BoundField, Picture]]:
        """Who signs: the place, the name and the picture of the signature."""
        for place in PLACES:
            yield place, self[f"signatory_{place}"], self._picture(f"signature_{place}")

    def languages(self) -> Iterator[Language]:
        """The words, language by language."""
        for code in designs.LANGUAGES:
            names = ("place", "accreditation", *(f"office_{place}" for place in PLACES))
            yield Language(code, language_name(code), [self[f"{name}_{code}"] for name in names])

    # --- what was filled in ---
    def clean_course_code(self) -> str:
        """Refuse a second design for a course."""
        code: str = self.cleaned_data["course_code"]
        if Design.objects.filter(course_code=code).exclude(pk=self.design.pk).exists():
            raise forms.ValidationError(_("There is a design for this already. Change that one."))
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who holds an office or has a signature, and for the first before the second.

        Letters that no font has are refused: no certificate could be drawn with them.
        """
        found = super().clean() or self.cleaned_data
        for name in self._printed():
            if missing := uncovered(found.get(name) or ""):
                self.add_error(name, undrawn(missing))
        for place in PLACES:
            said = [found.get(f"office_{place}_{code}") for code in designs.LANGUAGES]
            if not found.get(f"signatory_{place}") and (any(said) or found.get(f"signature_{place}")):
                self.add_error(f"signatory_{place}", _("Enter the name of the person who signs."))
        if found.get("signatory_2") and not found.get("signatory_1"):
            self.add_error("signatory_1", _("Enter the first person before the second."))
        return found

    def save(self, actor: User) -> Design:
        """Write the design."""
        data, design = self.cleaned_data, self.design
        design.name, design.course_code = data["name"], data["course_code"]
        design.background = data["background"]
        return designs.save(
            design=design,
            words={name: self._said(name) for name in ("place", "accreditation")},
            images={slot: image for slot in SLOTS if (image := self._image(slot)) is not None},
            signatories=[
                designs.SignatoryDraft(
                    name=data[f"signatory_{place}"],
                    office=self._said(f"office_{place}"),
                    signature=self._image(f"signature_{place}"),
                )
                for place in PLACES
                if data[f"signatory_{place}"]
            ],
            actor=actor,
        )

    def _printed(self) -> Iterator[str]:
        yield from (f"signatory_{place}" for place in PLACES)
        for code in designs.LANGUAGES:
            yield from (f"{name}_{code}" for name in ("place", "accreditation", "office_1", "office_2"))

    def _said(self, name: str) -> dict[str, str]:
        return {code: self.cleaned_data[f"{name}_{code}"] for code in designs.LANGUAGES}

    def _image(self, slot: str) -> bytes | None:
        if self.cleaned_data.get(f"remove_{slot}") and not self.cleaned_data[slot]:
            return b""
        chosen: bytes | None = self.cleaned_data[slot]
        return chosen

    # --- its fields ---
    def _now(self) -> dict[str, Any]:
        design = self.design
        now = {"name": design.name, "course_code": design.course_code, "background": design.background}
        for code in designs.LANGUAGES:
            now[f"place_{code}"] = getattr(design, f"place_{code}") or ""
            now[f"accreditation_{code}"] = getattr(design, f"accreditation_{code}") or ""
            for place, who in self.signatories.items():
                now[f"office_{place}_{code}"] = getattr(who, f"office_{code}") or ""
        return now | {f"signatory_{place}": who.name for place, who in self.signatories.items()}

    def _courses(self) -> list[tuple[str, Any]]:
        courses = Course.objects.order_by("code")
        return [("", _("All courses without a design of their own"))] + [
            (course.code, f"{course.code} · {text(course, 'title')}") for course in courses
        ]

    def _add_picture(self, slot: str, label: Any, hint: Any, is_there: bool) -> None:
        self.fields[slot] = PictureField(label=label, required=False, help_text=hint or LIMITS)
        if is_there:
            self.fields[f"remove_{slot}"] = forms.BooleanField(label=_("Remove the picture"), required=False)

    def _add_signatory(self, place: int) -> None:
        self.fields[f"signatory_{place}"] = forms.CharField(label=_("Name"), max_length=120, required=False)
        who = self.signatories.get(place)
        is_there = bool(who and who.signature)
        hint = _("Dark ink on a see-through or white ground. PNG or JPEG, at most 500 kB.")
        self._add_picture(f"signature_{place}", _("Picture of the signature"), hint, is_there)

    def _add_words(self, code: str) -> None:
        written = {"lang": code, "dir": direction(code)}
        longest = {"place": Design, "accreditation": Design, "office": DesignSignatory}
        labels = {
            f"place_{code}": _("Place of issue"),
            f"accreditation_{code}": _("Accreditation"),
            f"office_1_{code}": _("Office of the first person"),
            f"office_2_{code}": _("Office of the second person"),
        }
        for name, label in labels.items():
            field = name.split("_")[0]
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=cast("CharField[str, str]", longest[field]._meta.get_field(field)).max_length,
                widget=forms.TextInput(attrs=written),
            )

    def _picture(self, slot: str) -> Picture:
        removal = f"remove_{slot}"
        is_there = removal in self.fields
        return Picture(self[slot], self[removal] if is_there else None, slot if is_there else "")


class TrialForm(forms.Form):
    """With what a design is tried."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, required=False)
    course = CourseChoice(
        label=_("Course"),
        queryset=Course.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=None,
    )
    names = forms.ChoiceField(
        label=_("Names"), choices=(("", _("Usual")), ("long", _("As long as they get"))), required=False
    )

    def __init__(self, data: Any, *, courses: QuerySet[Course]) -> None:
        super().__init__(data, auto_id="t_%s")
        cast(CourseChoice, self.fields["course"]).queryset = courses


LANGUAGES = [code for code, _name in settings.LANGUAGES]
