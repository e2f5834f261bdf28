"""What a question page sends: read from its form, saved by the verb of its button, or said to be wrong."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import is_aware
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assessments import answer_files, attempts
from assessments.answer_files import FileRefused
from assessments.behaviours import JUDGED_AT_THE_END
from assessments.folding import State
from assessments.models import Attempt, LateAnswer, Step
from assessments.paper import PaperSlot
from assessments.responses import CLIENT_ID, NEEDS_SERVER, certainty_in, decision_in, response_in

_SEQUENCE = re.compile(r"[1-9][0-9]{0,8}")
# the buttons that take the decision that is chosen
_DECIDE = ("decide", "next", "check")
_REFUSED: Mapping[str, str | Promise] = {
    "type": gettext_lazy("“%(name)s” is not of a type that this question takes."),
    "size": gettext_lazy("“%(name)s” is larger than this question allows."),
    "empty": gettext_lazy("“%(name)s” is empty."),
    "content": gettext_lazy(
        "What “%(name)s” holds is not what its name says. Save it anew in its program and try again."
    ),
    "number": gettext_lazy("These are more files than this question takes. Remove one first."),
}


def client_id_in(request: HttpRequest) -> str:
    """The name that the sender gave to what it sends; empty for one of another shape."""
    sent = request.POST.get("client_id", "")
    return sent if CLIENT_ID.fullmatch(sent) else ""


def needs_state(attempt: Attempt, asked: PaperSlot) -> bool:
    """Whether what may be saved depends on what was done before."""
    return asked.kind == "scenario" or attempt.paper.behaviour not in JUDGED_AT_THE_END


def save(
    request: HttpRequest, attempt: Attempt, asked: PaperSlot, state: State | None, *, go: str = ""
) -> Step | LateAnswer | None:
    """Save what the form of a question holds, as its button says; ``go`` is empty for autosave.

    A late answer only where it had waited for a connection and the attempt was handed in at this very
    moment. Raises AttemptClosed, ResponseError, NotNow or FileRefused.
    """
    given = None if _is_locked(asked, state) else _given(request, attempt, asked, state, go)
    common: dict[str, Any] = {"attempt": attempt, "slot": asked.number}
    flagged = "flag" in request.POST
    if go == "again":
        return attempts.again(**common)
    if given is None and go != "check":
        attempts.flag(**common, on=flagged)
        return None
    sent: dict[str, Any] = {
        **common,
        "response": given if given is not None else dict(state.response(asked.number)) if state else {},
        "language": get_language() or attempt.language,
        "certainty": certainty_in(request.POST),
    }
    if go == "check":
        attempts.flag(**common, on=flagged)
        return attempts.check(**sent)
    sent |= {"client_id": client_id_in(request), "flagged": flagged}
    if waited(request) and not go:
        return attempts.save_late(
            **sent, sequence=_sequence_in(request) or 0, answered_at=_moment_in(request)
        )
    return attempts.save_answer(**sent)


def waited(request: HttpRequest) -> bool:
    """Whether an answer was kept by the sender because there was no connection."""
    return bool(_sequence_in(request) and client_id_in(request))


def save_late(request: HttpRequest, attempt: Attempt, asked: PaperSlot) -> Step | LateAnswer | None:
    """Take an answer that waited while the attempt was handed in. Raises ResponseError.

    Of a file or a decision there is nothing that could have waited: what was saved of it stands.
    """
    if asked.kind in NEEDS_SERVER:
        return None
    return attempts.save_late(
        attempt=attempt,
        slot=asked.number,
        response=response_in(asked, request.POST, touched=True),
        language=get_language() or attempt.language,
        client_id=client_id_in(request),
        sequence=_sequence_in(request) or 0,
        answered_at=_moment_in(request),
        certainty=certainty_in(request.POST),
    )


def _sequence_in(request: HttpRequest) -> int | None:
    written = request.POST.get("sequence", "")
    return int(written) if _SEQUENCE.fullmatch(written) else None


def _moment_in(request: HttpRequest) -> datetime | None:
    """When the sender says that it was answered; nothing where that is no moment."""
    try:
        moment = parse_datetime(request.POST.get("answered_at", "")[:40])
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def refusal(error: FileRefused) -> str:
    """Why a file was not taken, in words."""
    return str(_REFUSED[error.problem]) % {"name": error.name}


def nothing_to_check() -> str:
    """What is said to somebody who checks a question without an answer."""
    return _("Answer the question first; then it can be checked.")


def _is_locked(asked: PaperSlot, state: State | None) -> bool:
    return state is not None and "answer" not in state.questions[asked.number].allowed


def _given(
    request: HttpRequest, attempt: Attempt, asked: PaperSlot, state: State | None, go: str
) -> dict[str, Any] | None:
    """The response of the form; None where it says nothing new."""
    if asked.kind == "scenario":
        return decision_in(request.POST, path_so_far(state, asked)) if go in _DECIDE and state else None
    if asked.kind == "file":
        uploads, dropped = request.FILES.getlist("files"), request.POST.getlist("drop")
        if not uploads and not dropped:
            return None
        held = (state or attempts.state_of(attempt)).response(asked.number).get("files", ())
        return answer_files.taken_in(attempt=attempt, slot=asked, held=held, dropped=dropped, uploads=uploads)
    return response_in(asked, request.POST, touched=_is_touched(request, attempt, asked, state, go))


def _is_touched(
    request: HttpRequest, attempt: Attempt, asked: PaperSlot, state: State | None, go: str
) -> bool:
    """Whether the order in the form is an answer: who passes by or flags it has given none yet.

    Whoever has given one may put it back into the order that was shown at first.
    """
    if asked.kind != "ordering" or go in ("next", "check"):
        return True
    held = state or attempts.state_of(attempt)
    is_flagging = ("flag" in request.POST) != (asked.number in held.flags)
    return held.is_answered(asked.number) or (not go and not is_flagging)


def path_so_far(state: State, asked: PaperSlot) -> tuple[str, ...]:
    """The decisions taken in this try; a new try begins at the start."""
    question = state.questions[asked.number]
    if question.judged and not question.is_closed:
        return ()
    return tuple(state.response(asked.number).get("path", ()))
