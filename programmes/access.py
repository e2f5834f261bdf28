"""May this person …? The staff area is 404 for everyone who does not work in it.

Programme staff and administrators see and act; auditors see. What beside a name is seen by whom is
the table of `accounts.privacy`.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from accounts import privacy
from accounts.guards import SignedInRequest, View, open_to
from accounts.models import Application, User
from accounts.privacy import Kind
from accounts.roles import STAFF, Role, has_role
from certificates.models import Certificate, Design, Run
from courses.choices import EnrolmentStatus
from courses.models import Cohort, Enrolment

ACTING = STAFF - {Role.AUDITOR}

StaffRequest = SignedInRequest


def seen_by_staff(view: View) -> View:
    """Open a view to programme staff, administrators and auditors; 404 for everyone else."""
    return open_to(view, STAFF)


def done_by_staff(view: View) -> View:
    """Open a view to programme staff and administrators; 404 for everyone else, auditors too."""
    return open_to(view, ACTING)


def tried_by_trainers(view: View) -> View:
    """Open a view to trainers beside staff: they see how the certificates of their courses come out."""
    return open_to(view, STAFF | {Role.TRAINER})


def may_act(person: Any) -> bool:
    """Tell whether the person changes records, or only sees them."""
    return has_role(person, *ACTING)


def may_see(person: Any, kind: Kind) -> bool:
    """Tell whether the person sees this kind of data beside the names of learners."""
    somebody_else = User()
    return privacy.may_see(viewer=person, kind=kind, owner=somebody_else)


def cohort_of(key: UUID) -> Cohort:
    """Return a cohort with its course; raises Http404."""
    return get_object_or_404(Cohort.objects.select_related("course"), key=key)


def enrolment_of(key: UUID) -> Enrolment:
    """Return an enrolment with its person, course and cohort; raises Http404."""
    return get_object_or_404(Enrolment.objects.select_related("person", "course", "cohort"), key=key)


def request_of(key: UUID) -> Enrolment:
    """Return an enrolment that waits for approval; raises Http404."""
    waiting = Enrolment.objects.select_related("person", "course", "cohort")
    return get_object_or_404(waiting, key=key, status=EnrolmentStatus.APPLIED)


def application_of(key: UUID) -> Application:
    """Return an application for an account that waits for a decision; raises Http404."""
    return get_object_or_404(Application.objects.waiting(), key=key)


def learner_of(key: UUID) -> User:
    """Return a learner: whoever has the role, or was ever enrolled; raises Http404.

    Neither sex nor password is read.
    """
    enrolled = Exists(Enrolment.objects.filter(person=OuterRef("pk")))
    in_group = Exists(User.groups.through.objects.filter(user=OuterRef("pk"), group__name=Role.LEARNER))
    learners = User.objects.filter(Q(enrolled) | Q(in_group)).select_related("institution")
    return get_object_or_404(learners.defer("sex", "password"), key=key)


def certificate_of(number: str) -> Certificate:
    """Return a certificate with its holder, who may have been erased; raises Http404."""
    holders = Certificate.objects.select_related("person").defer("person__sex", "person__password")
    return get_object_or_404(holders, number=number)


def design_of(key: UUID) -> Design:
    """Return a certificate design; raises Http404."""
    return get_object_or_404(Design, key=key)


def run_of(key: UUID) -> Run:
    """Return a print run with its numbers of people; raises Http404."""
    return get_object_or_404(Run.objects.counted(), key=key)
