"""What is kept about a person and who sees it beside their name: the one table, in code and on paper.

The words are shown to the learner on the privacy page; `seen_by` says what `viewers` mean. The table
is the widest that may be: the floors above narrow it to one's own cohort, course or essay.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import User
from .roles import Role


class Kind(StrEnum):
    """The kinds of data."""

    ACCOUNT = "account"
    SEX = "sex"
    PROGRESS = "progress"
    ANSWERS = "answers"
    ESSAYS = "essays"
    ANSWER_FILES = "answer_files"
    MARKINGS = "markings"
    LATE_ANSWERS = "late_answers"
    VIGNETTES = "vignettes"
    NOTES = "notes"
    EXTRA_TIME = "extra_time"
    EXCEPTIONS = "exceptions"
    ROOMS = "rooms"
    STATISTICS = "statistics"
    CERTIFICATES = "certificates"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class DataClass:
    """A kind of data: what belongs to it, and who beside oneself sees it with the name on it.

    `viewers` are roles; oneself always sees one's own data unless `own` is False. In group figures
    of ten people or more the data counts for everybody, where `in_groups` says so.
    """

    key: Kind
    name: str | Promise
    examples: str | Promise
    seen_by: str | Promise
    in_groups: str | Promise
    viewers: frozenset[Role] = frozenset()
    own: bool = True


FROM_TEN = _("Totals of ten people or more.")
NO_TOTALS = _("Not counted.")

DATA_CLASSES = (
    DataClass(
        Kind.ACCOUNT,
        _("Who you are"),
        _("Name, e-mail address, country, court, institution, role and language."),
        _("You, the staff of your programme and the administrators."),
        FROM_TEN,
        frozenset({Role.PROGRAMME_STAFF, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.SEX,
        _("Your sex, if you give it"),
        _("Used to report how many women and men were trained."),
        _("You alone."),
        FROM_TEN,
    ),
    DataClass(
        Kind.PROGRESS,
        _("What you have completed"),
        _("Lessons done, requirements met, and the date and language of completion."),
        _("You, the staff and trainers of your cohort, and the auditors of the programme."),
        FROM_TEN,
        frozenset({Role.PROGRAMME_STAFF, Role.TRAINER, Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.ANSWERS,
        _("Your answers and marks"),
        _("What you chose or wrote in a quiz, and how it was marked."),
        _("You alone."),
        FROM_TEN,
    ),
    DataClass(
        Kind.ESSAYS,
        _("Your essays"),
        _("A longer text that a person has to mark."),
        _("You, and the trainer or administrator who marks it."),
        FROM_TEN,
        frozenset({Role.TRAINER}),
    ),
    DataClass(
        Kind.ANSWER_FILES,
        _("Files that you hand in as an answer"),
        _("The file, its name and its size."),
        _("You, and the trainer or administrator who marks it, without its name and yours."),
        NO_TOTALS,
        frozenset({Role.TRAINER}),
    ),
    DataClass(
        Kind.MARKINGS,
        _("How your essays and files were marked"),
        _("The points, comments and remarks of each marker, and how long the marking took."),
        _("You see the mark that counts with its comment. Those who mark the answer do not see your name."),
        _("Counted for each marker, not for you."),
        frozenset({Role.TRAINER}),
    ),
    DataClass(
        Kind.LATE_ANSWERS,
        _("Answers that came after the end of a quiz"),
        _("When you gave them, by your device’s clock, when they came, and what was decided about them."),
        _("You, and the staff and administrators who decide. They see the times, never what you answered."),
        NO_TOTALS,
        frozenset({Role.PROGRAMME_STAFF, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.VIGNETTES,
        _("Which form of a case you were given"),
        _("Some cases exist in several forms that differ in one point. Chance decides who is given which."),
        _("You alone."),
        _("The difference between the forms, once each was given to ten people or more."),
    ),
    DataClass(
        Kind.NOTES,
        _("Your notes"),
        _("What you write in the reflections of a lesson."),
        _("You alone."),
        NO_TOTALS,
    ),
    DataClass(
        Kind.EXTRA_TIME,
        _("Extra time in quizzes"),
        _("How much longer you may take. No reason is kept."),
        _("You, the staff of your programme and the administrators. It is not on your certificate."),
        NO_TOTALS,
        frozenset({Role.PROGRAMME_STAFF, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.EXCEPTIONS,
        _("Exceptions in a quiz"),
        _("Other dates, more time or more attempts for you or your cohort, who granted them and why."),
        _("You, the staff of your programme and the administrators."),
        NO_TOTALS,
        frozenset({Role.PROGRAMME_STAFF, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.ROOMS,
        _("The room in which you sat a supervised quiz"),
        _("The room whose code you gave when you began."),
        _("You alone. Staff see how many began with a code."),
        NO_TOTALS,
    ),
    DataClass(
        Kind.STATISTICS,
        _("Statistics of quizzes"),
        _("How difficult a question is; what was learned between two quizzes. From the answers of all."),
        _("Nobody: no name is kept in them."),
        _("Under ten people, only how many they were."),
        own=False,
    ),
    DataClass(
        Kind.CERTIFICATES,
        _("Your certificates"),
        _("Your name as printed, the course, the hours, the date and the number."),
        _("You, the staff and the auditors of your programme, and anyone to whom you give the number."),
        FROM_TEN,
        frozenset({Role.PROGRAMME_STAFF, Role.AUDITOR, Role.ADMINISTRATOR}),
    ),
    DataClass(
        Kind.AUDIT,
        _("The record of changes and of signing in"),
        _("Who changed a completion, a certificate, a role or a question, and who signed in when."),
        _("The administrators and the auditors."),
        NO_TOTALS,
        frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
        own=False,
    ),
)

_OF_KIND = {row.key: row for row in DATA_CLASSES}


def may_see(*, viewer: User | AnonymousUser, kind: Kind, owner: User) -> bool:
    """Tell whether the table lets `viewer` see this kind of data beside the name of `owner`.

    An operator's account opens nothing here that no role opens: what one sees alone stays so.
    """
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    row = _OF_KIND[kind]
    if viewer == owner and row.own:
        return True
    if viewer.is_superuser:
        return bool(row.viewers)
    return not row.viewers.isdisjoint(viewer.role_names)
