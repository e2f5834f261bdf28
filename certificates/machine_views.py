"""What programs ask for without a language: keys, the list of withdrawn certificates, one certificate."""

import json
import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from certificates import checker, checking, key_set, keys, numbers, revocations, throttle
from certificates.checking import Finding, Verdict
from certificates.models import Certificate

log = logging.getLogger(__name__)

# what the answer about a certificate holds, whatever is known of it
FIELDS = (
    *("kind", "name", "latin_name", "course_code", "course", "hours", "completed_on", "issued_on"),
    *("valid_until", "issuer", "revoked_on", "reason"),
)


@require_safe
@cache_control(public=True, max_age=3600)
def public_keys(request: HttpRequest) -> HttpResponse:
    """The public keys, as a JSON Web Key Set."""
    body = json.dumps(key_set.published(keys.public_keys()), indent=1)
    return _for_anyone(HttpResponse(body, content_type="application/jwk-set+json"))


@require_safe
@cache_control(public=True, max_age=3600)
def revocation_list(request: HttpRequest) -> HttpResponse:
    """The signed list of certificates that no longer stand."""
    try:
        body = revocations.current()
    except keys.NoKeys:
        log.exception("The list of withdrawn certificates cannot be signed")
        return HttpResponse(status=503)
    return _for_anyone(HttpResponse(body, content_type="application/json"))


@require_safe
@cache_control(public=True, max_age=3600)
def offline_checker(request: HttpRequest) -> HttpResponse:
    """The checker as a file to be saved: it may not run under the address of this site."""
    try:
        body = checker.build()
    except keys.NoKeys:
        log.exception("The checker cannot be made")
        return HttpResponse(status=503)
    response = HttpResponse(body, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{checker.FILE}"'
    return response


@require_safe
@never_cache
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate is worth, for personnel systems: no more than the public page says."""
    if throttle.exceeded(request):
        return JsonResponse(
            {"error": "too many look-ups"}, status=429, headers={"Retry-After": str(throttle.SECONDS)}
        )
    meant = numbers.canonical(number)
    finding = checking.Register().numbered(meant) if meant else Finding(verdict=Verdict.UNKNOWN)
    answer: dict[str, Any] = {
        "number": meant or numbers.shown(number),
        "state": finding.verdict.value,
        "checked_at": timezone.now().isoformat(timespec="seconds"),
        **dict.fromkeys(FIELDS),
    }
    if finding.certificate:
        answer |= _stated(finding.certificate, finding.verdict)
    response = JsonResponse(
        answer, status=200 if finding.certificate else 404, json_dumps_params={"ensure_ascii": False}
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _stated(certificate: Certificate, verdict: Verdict) -> dict[str, Any]:
    """What may be told: of one that does not stand, neither name nor hours."""
    stated = certificate.stated
    told: dict[str, Any] = {
        "kind": certificate.kind,
        "course_code": certificate.course_code,
        "course": dict(stated.course_titles),
        "issued_on": certificate.issued_on.isoformat(),
        "issuer": stated.issuer,
    }
    if verdict in (Verdict.VALID, Verdict.EXPIRED):
        until = certificate.valid_until
        told |= {
            "name": stated.name,
            "latin_name": stated.latin_name or None,
            "hours": str(stated.hours),
            "completed_on": stated.completed_on.isoformat(),
            "valid_until": until.isoformat() if until else None,
        }
    if certificate.revoked_on:
        told |= {"revoked_on": certificate.revoked_on.isoformat(), "reason": certificate.revoke_reason}
    return told


def _for_anyone(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
