"""Who may see which certificate: each function returns it or raises 404."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.roles import Role, has_role
from certificates.choices import Status
from certificates.models import Certificate


def own_certificate(person: Any, number: str) -> Certificate:
    """A certificate of the person's own, whatever became of it."""
    return get_object_or_404(Certificate, number=number, person=person)


def downloadable(person: Any, number: str) -> Certificate:
    """A certificate whose PDF the person may have: the holder while it stands, staff always."""
    certificate = get_object_or_404(Certificate.objects.select_related("person"), number=number)
    if has_role(person, Role.PROGRAMME_STAFF, Role.ADMINISTRATOR):
        return certificate
    if certificate.person == person and certificate.status == Status.ISSUED:
        return certificate
    raise Http404
