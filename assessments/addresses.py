"""Where the pages of an attempt lead: its own addresses, and those that its owner gave."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from assessments.models import Attempt


def question_url(attempt: Attempt, slot: int) -> str:
    """The page of one question."""
    return reverse("assessments:attempt", args=[attempt.key, slot])


def review_url(attempt: Attempt) -> str:
    """The page on which one looks over everything before handing in."""
    return reverse("assessments:review", args=[attempt.key])


def result_url(attempt: Attempt) -> str:
    """The result, or word that it waits for a marker."""
    return reverse("assessments:result", args=[attempt.key])


def given_url(attempt: Attempt, name: str = "back_url") -> str:
    """An address from the attempt's context, in the language of the page being answered.

    The owner of the quiz gave it in the language of the start; people switch half way.
    """
    url = str(attempt.context.get(name) or "")
    if not url.startswith("/") or url.startswith("//"):
        return ""
    first, slash, rest = url[1:].partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{get_language() or first}{slash}{rest}"
    return url


def leave_url(attempt: Attempt) -> str:
    """Where "save and leave" and "go back" lead."""
    return given_url(attempt) or f"/{get_language() or settings.LANGUAGE_CODE}/"
