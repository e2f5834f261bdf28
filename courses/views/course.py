"""The overview of a course: for everybody, and with their progress for those who take part."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import access, law, renewals, rules, syllabus, tree
from courses.access import Place
from courses.choices import EnrolmentStatus
from courses.deadlines import end_of
from courses.forms import JoinForm
from courses.models import CoursePage, Enrolment, LegalProvision
from courses.outline import Outline, OutlineModule
from courses.standing import Standing
from courses.views import rows
from translation.reading import Reading, base_language, language_columns, read

MISSING = "courses/includes/missing_row.html"


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """Show what a course is, in which languages, and how far the reader is."""
    at = access.place(request.user, course)
    language = base_language(get_language())
    standing = at.standing(at.outline(language))
    page = course_page(at.page_id, language)
    context = overview(page, standing, links=access.may_read(request.user, at))
    context |= _for_reader(request, at, page, standing)
    return render(request, "courses/course.html", context)


def course_page(page_id: int, language: str) -> CoursePage:
    """Return the course page with its course, without the texts of other languages."""
    others = [
        column
        for field in ("summary", "audience", "outcomes")
        for column in language_columns(field, {language}, tree.LANGUAGES)
    ]
    page: CoursePage = (
        CoursePage.objects.rewrite(False)
        .select_related("course__topic", "cover")
        .defer(*others)
        .get(pk=page_id)
    )
    return page


def overview(page: CoursePage, standing: Standing, *, links: bool) -> dict[str, Any]:
    """Return what everybody is told about a course."""
    outcomes = read(page, "outcomes")
    return {
        "page": page,
        "course": page.course,
        "course_minutes": int(page.course.hours * 60),
        "outline": standing.outline,
        "outcomes": [line for line in str(outcomes).splitlines() if line.strip()],
        "outcomes_language": outcomes.language,
        "languages": language_states(page, standing.outline),
        "standing": standing,
        "parts": [_part(standing, part, links) for part in standing.outline.parts],
    }


def language_states(page: CoursePage, outline: Outline) -> list[tuple[str, str, int]]:
    """Return (language, state, lessons written): ready, partly or begun; others are left out."""
    ready = page.course.languages
    states = [(code, "ready", outline.written[code]) for code in ready]
    for code in tree.LANGUAGES:
        if code not in ready and outline.written[code]:
            states.append((code, "partly", outline.written[code]))
        elif code not in ready and getattr(page, f"title_{code}"):
            states.append((code, "begun", 0))
    return states


def _part(standing: Standing, part: Any, links: bool) -> dict[str, Any]:
    is_module = isinstance(part, OutlineModule)
    items = part.items if is_module else (part,)
    drawn = rows.draw(rows.LISTED, standing, items, links=links)
    if not is_module:
        return {"item": part, "rows": drawn}
    return {
        "module": part,
        "rows": drawn,
        "asks_some": standing.asks_some(part),
        "done": standing.done_in(part),
        "finished": bool(standing.done) and standing.is_finished(part),
    }


def _for_reader(request: HttpRequest, at: Place, page: CoursePage, standing: Standing) -> dict[str, Any]:
    enrolment = at.enrolment
    country = str(getattr(request.user, "country", "") or "")
    context: dict[str, Any] = {
        "at": at,
        "enrolment": enrolment,
        "law": _law_held(country),
        "staff_reader": not at.takes_part and access.may_read(request.user, at),
    }
    if enrolment is None:
        form = JoinForm(course=page.course, reading_in=standing.outline.language)
        return context | {"form": form}
    if enrolment.status == EnrolmentStatus.APPLIED:
        return context
    certificate = renewals.standing_of(enrolment) if enrolment.completed_at else None
    summary, source = syllabus.summary_of(enrolment.syllabus, standing.done), page.course.source_language
    resume = standing.resume(enrolment.last_item_key)
    return context | {
        "cohort": enrolment.cohort,
        "certificate": certificate,
        "may_renew": bool(at.again) or renewals.may_renew(certificate),
        "open_module": resume.module_number if resume else None,
        "summary": summary,
        "missing": missing(summary, standing.outline, source),
        "gone": _gone(enrolment, summary, standing.outline, source),
        "missing_count": summary.required - summary.done,
        "resume": resume,
        "finish_by": end_of(enrolment.due_on),
    }


def _law_held(country: str) -> dict[str, Any] | None:
    """Return the country's name and the newest date of its law that we hold; None without a country."""
    if not country:
        return None
    held = LegalProvision.objects.published().filter(jurisdiction=country)
    as_at = held.aggregate(as_at=Max("law_as_at"))["as_at"]
    return {"country": law.country_name(country), "as_at": as_at}


def missing(summary: rules.Summary, outline: Outline, source_language: str) -> list[dict[str, Any]]:
    """Return what is missing in each group that is not complete; what is gone keeps its frozen title."""
    return [_missing_in(state, outline, source_language) for state in summary.groups if not state.complete]


def _gone(
    enrolment: Enrolment, summary: rules.Summary, outline: Outline, source_language: str
) -> list[Reading]:
    if enrolment.completed_at is not None:
        return []  # once granted, a completion wants nothing more
    found, language = outline.by_key, outline.language
    return syllabus.gone(summary, found, language=language, source_language=source_language)


def _missing_in(state: rules.GroupState, outline: Outline, source_language: str) -> dict[str, Any]:
    here = [outline.by_key[one.key] for one in state.missing if one.key in outline.by_key]
    return {
        "module": outline.module_with(state.group.key) if state.group.key else None,
        "needed": state.group.required - state.done,
        "is_choice": len(state.missing) > state.group.required - state.done,
        "rows": mark_safe(  # noqa: S308 (joined from rendered templates)
            "".join(rows.fragment(outline, MISSING, item.key, {"item": item}) for item in here)
        ),
        "gone": [
            syllabus.title_in(one.titles, outline.language, source_language)
            for one in state.missing
            if one.key not in outline.by_key
        ],
    }
