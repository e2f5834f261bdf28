"""The page on which learners see how well their certainty fits."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access
from assessments.behaviours.calibration import ENOUGH
from assessments.certainty import certainty_of


@require_safe
@login_required
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """One's own certainty against one's own answers. For everybody signed in; nobody else's is shown."""
    figures, rows = certainty_of(access.person_of(request).pk, timezone.now())
    answers = sum(row.level.answers for row in rows)
    return render(
        request,
        "assessments/certainty.html",
        {
            "figures": figures,
            "rows": rows,
            "answers": answers,
            "enough": ENOUGH,
            "too_few": any(row.level.answers and not row.level.is_enough for row in rows),
        },
    )
