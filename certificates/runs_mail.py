"""Certificates sent by mail: one to each person, in their language, at most once in a run.

What is about to be sent is written down before it leaves. After a crash nobody knows whether that one
mail did: it is named, and not sent again unless staff ask for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils import timezone, translation

from accounts import mail
from certificates import documents
from certificates.choices import LineState, RunProblem, Status
from certificates.models import Run, RunLine
from certificates.models.runs import LARGEST_ATTACHED

log = logging.getLogger(__name__)


def send_all(run: Run, tell: Callable[[], None]) -> None:
    """Send every certificate of a run that is drawn; `tell` is called before each."""
    for key in list(run.lines.filter(state=LineState.DRAWN).order_by("place").values_list("pk", flat=True)):
        tell()
        _send(run, key)


def _send(run: Run, key: int) -> None:
    line = RunLine.objects.select_related("certificate__person").get(pk=key)
    if line.certificate.status != Status.ISSUED:
        return _fail(line, RunProblem.NOT_STANDING)
    person = line.certificate.person
    if person is None or not person.is_active:
        return _fail(line, RunProblem.NO_ADDRESS)
    message = _letter(run, line)
    if not RunLine.objects.filter(pk=key, state=LineState.DRAWN).update(
        state=LineState.SENDING, sent_at=timezone.now()
    ):
        return None  # somebody else has it in hand
    try:
        message.send()
    except OSError as error:
        # the number alone: an address has no place in a log
        log.warning("The mail with certificate %s was refused: %s", line.certificate, type(error).__name__)
        return _fail(line, RunProblem.REFUSED)
    # it did leave, whatever another worker has entered meanwhile
    RunLine.objects.filter(pk=key).update(state=LineState.SENT, problem="")
    return None


def _letter(run: Run, line: RunLine) -> mail.EmailMultiAlternatives:
    certificate, person = line.certificate, line.certificate.person
    assert person is not None
    stored = certificate.documents.get(language=line.language)
    attached = run.attach and stored.size <= LARGEST_ATTACHED
    with translation.override(person.language):
        context = {
            "name": person.name,
            "course": certificate.course_title,
            "number": certificate.number,
            "link": mail.absolute("certificates:certificate", certificate.number),
            "check": mail.absolute("certificates:verify_number", certificate.number),
            "attached": attached,
        }
    message = mail.compose(
        name="certificate_ready", to=person.email, language=person.language, context=context
    )
    if attached:
        name = f"{certificate.number}-{line.language}.pdf"
        message.attach(name, documents.read(stored), "application/pdf")
    return message


def _fail(line: RunLine, problem: RunProblem) -> None:
    RunLine.objects.filter(pk=line.pk).update(state=LineState.FAILED, problem=problem, sent_at=None)
