"""What the site keeps about a person and who sees it: the one table, shown on the privacy page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DataClass:
    """A kind of data: what belongs to it, who sees it beside your name, and who sees totals."""

    key: str
    name: str | Promise
    examples: str | Promise
    seen_by: str | Promise
    in_groups: str | Promise


FROM_TEN = _("Totals of ten people or more.")
NO_TOTALS = _("Not counted.")

DATA_CLASSES = (
    DataClass(
        "account",
        _("Who you are"),
        _("Name, e-mail address, country, court, institution, role and language."),
        _("You, the staff of your programme and the administrators."),
        FROM_TEN,
    ),
    DataClass(
        "sex",
        _("Your sex, if you give it"),
        _("Used to report how many women and men were trained."),
        _("You alone."),
        FROM_TEN,
    ),
    DataClass(
        "progress",
        _("What you have completed"),
        _("Lessons done, requirements met, and the date and language of completion."),
        _("You, the staff and trainers of your cohort, and the auditors of the programme."),
        FROM_TEN,
    ),
    DataClass(
        "answers",
        _("Your answers and marks"),
        _("What you chose or wrote in a quiz, and how it was marked."),
        _("You alone. An essay is also seen by the trainer who marks it."),
        FROM_TEN,
    ),
    DataClass(
        "notes",
        _("Your notes"),
        _("What you write in the reflections of a lesson."),
        _("You alone."),
        NO_TOTALS,
    ),
    DataClass(
        "extra_time",
        _("Extra time in quizzes"),
        _("How much longer you may take. No reason is kept."),
        _("You and the staff of your programme. It is not on your certificate."),
        NO_TOTALS,
    ),
    DataClass(
        "certificates",
        _("Your certificates"),
        _("Your name as printed, the course, the hours, the date and the number."),
        _("You, the staff of your programme, and anyone to whom you give the number."),
        FROM_TEN,
    ),
    DataClass(
        "audit",
        _("The record of changes"),
        _("Who changed a completion, a certificate, a role or a question, and when."),
        _("The administrators and the auditors."),
        NO_TOTALS,
    ),
)
