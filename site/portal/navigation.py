"""The destinations in the head of every page: for learners, and for programme staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, has_role


@dataclass(frozen=True, slots=True)
class Destination:
    """A place to go: its words, its address names (the first that exists) and what it contains.

    `within` are the address names or name spaces whose pages lie below it, so that the head of a
    lesson shows that the reader is among the courses.
    """

    label: str | Promise
    names: tuple[str, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavItem:
    """A destination as drawn: `current` is "page", "true" or empty, for aria-current."""

    label: str | Promise
    url: str
    current: str


COURSES = Destination(
    _("Courses"),
    ("courses:catalogue", "home"),
    ("courses:course", "courses:part", "courses:item", "courses:compare_law", "assessments"),
)
LEARNING = Destination(_("My learning"), ("courses:my_learning",), ("certificates", "courses:renew"))
HELP = Destination(_("Help"), ("help",))
STAFF = Destination(_("Staff area"), ("programmes:cohorts", "programmes:home"), ("programmes",))
BANK = Destination(_("Question bank"), ("bank:list",), ("bank",))
EDITOR = Destination(_("Content editor"), ("wagtailadmin_home",))

COHORTS = Destination(
    _("Cohorts"),
    ("programmes:cohorts",),
    (
        "programmes:cohort",
        "programmes:cohort_new",
        "programmes:cohort_edit",
        "programmes:enrol",
        "programmes:ceremony",
        "programmes:names",
        "programmes:names_list",
        "programmes:run",
    ),
)
LEARNERS = Destination(
    _("Learners"),
    ("programmes:learners",),
    (
        "programmes:learner",
        "programmes:change",
        "programmes:extra_time",
        "programmes:issue",
        "programmes:renew",
    ),
)
CERTIFICATES = Destination(
    _("Certificates"),
    ("programmes:certificates",),
    ("programmes:certificate", "programmes:correct_name", "programmes:revoke", "programmes:renew_again"),
)
APPLICATIONS = Destination(
    _("Applications"),
    ("programmes:applications",),
    (
        "programmes:application",
        "programmes:approve",
        "programmes:decline",
        "programmes:approve_request",
        "programmes:decline_request",
    ),
)
DESIGNS = Destination(
    _("Certificate designs"),
    ("programmes:designs",),
    ("programmes:design", "programmes:design_new", "programmes:design_edit", "programmes:design_remove"),
)
QUIZZES = Destination(
    _("Quizzes"),
    ("programmes:exams",),
    (
        "programmes:exam",
        "programmes:exam_marking",
        "programmes:exam_exception",
        "programmes:exam_exception_withdraw",
        "programmes:room_new",
        "programmes:room_sheet",
        "programmes:room_withdraw",
        "programmes:late_answers",
        "programmes:late_answer",
        "assessments:regrades",
        "assessments:regrade_new",
        "assessments:regrade",
    ),
)
MARKING = Destination(_("Answers to mark"), ("assessments:marking",), ("assessments:mark",))
AGAIN = Destination(
    _("Mark again"), ("assessments:regrades",), ("assessments:regrade_new", "assessments:regrade")
)
OUTBOX = Destination(_("Outbox"), ("accounts:outbox",), ("accounts:letter",))


def _address(destination: Destination) -> str | None:
    for name in destination.names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return None


def _current(destination: Destination, url: str, request: HttpRequest) -> str:
    if request.path == url:
        return "page"
    match = request.resolver_match
    if match is None:
        return ""
    inside = {match.view_name, match.namespace} & set(destination.within)
    return "true" if inside else ""


def _drawn(destinations: Iterable[Destination], request: HttpRequest) -> list[NavItem]:
    items = []
    for destination in destinations:
        url = _address(destination)
        if url is not None:
            items.append(NavItem(destination.label, url, _current(destination, url, request)))
    return items


def main(request: HttpRequest, person: Any) -> list[NavItem]:
    """Return the destinations of a learner, and of staff where `person` is one."""
    destinations = [COURSES, LEARNING, HELP]
    if getattr(person, "is_programme_staff", False):
        destinations.append(STAFF)
    if getattr(person, "is_staff", False):
        destinations.append(EDITOR)
    return _drawn(destinations, request)


def staff(request: HttpRequest, person: Any) -> list[NavItem]:
    """Return the destinations of the staff area; trainers mark again and try the designs there, no more.

    Who only sees, an auditor, is not led to the quizzes.
    """
    works_there = getattr(person, "is_programme_staff", False)
    destinations = [COHORTS, LEARNERS, CERTIFICATES, APPLICATIONS, DESIGNS]
    if not works_there:
        destinations = [MARKING, AGAIN, DESIGNS]
    elif has_role(person, Role.PROGRAMME_STAFF, Role.ADMINISTRATOR):
        destinations.insert(2, QUIZZES)
    if getattr(person, "is_staff", False):
        destinations.append(BANK)
        destinations.append(EDITOR)
    if settings.DEMO and works_there:
        destinations.append(OUTBOX)
    return _drawn(destinations, request)
