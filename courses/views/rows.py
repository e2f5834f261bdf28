"""What stands around a lesson or quiz: the outline beside it, the way back, previous and next.

A row of an outline depends on the item and its state alone, so each is drawn once for an edition and
language, and a page joins the rows it needs.
"""

from collections.abc import Hashable, Iterable
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from courses.access import Place
from courses.outline import Outline, OutlineItem, OutlineModule
from courses.rules import Lock
from courses.standing import Standing

BESIDE = "courses/includes/outline_row.html"
LISTED = "courses/includes/lesson_row.html"


def around(at: Place, standing: Standing, chosen: OutlineItem) -> dict[str, Any]:
    """Return what the page of an item needs of the outline."""
    found = standing.outline
    module = found.module_of(chosen)
    return {
        "at": at,
        "outline": found,
        "at_title": found.title,
        "module": module,
        "item": chosen,
        "beside": beside(at, standing, chosen, module),
        "is_done": chosen.key in standing.done,
        "pager": pager(found, chosen),
        "previous": found.before(chosen),
        "course_url": found.url,
    }


def beside(at: Place, standing: Standing, chosen: OutlineItem, module: OutlineModule | None) -> SafeString:
    """Return the outline of the module that stands beside an item."""
    found = standing.outline
    listed = draw(BESIDE, standing, module.items if module else (chosen,), now=chosen)
    context = {
        "at": at,
        "module": module,
        "item": chosen,
        "rows": listed,
        "done_in_module": standing.done_in(module) if module else 0,
        "course_url": found.url,
    }
    return fragment(found, "courses/includes/outline.html", (at.takes_part, listed), context)


def pager(found: Outline, chosen: OutlineItem) -> SafeString:
    """Return the links to what is read before and after an item."""
    context = {"previous": found.before(chosen), "next": found.after(chosen)}
    return fragment(found, "courses/includes/pager.html", chosen.key, context)


def draw(
    template: str,
    standing: Standing,
    items: Iterable[OutlineItem],
    *,
    now: OutlineItem | None = None,
    links: bool = True,
) -> SafeString:
    """Return the list items of an outline as one person sees them."""
    found = standing.outline
    drawn = []
    for item in items:
        lock = standing.lock(item)
        state = {
            "state": standing.state(item, now),
            "is_done": item.key in standing.done,
            "lock": lock,
            "links": links,
        }
        words = lock_words(found, lock) if lock else {}
        drawn.append(fragment(found, template, (item.key, *state.values()), {"item": item, **state, **words}))
    return mark_safe("".join(drawn))  # noqa: S308 (joined from rendered templates)


def fragment(found: Outline, template: str, key: Hashable, context: dict[str, Any]) -> SafeString:
    """Draw a template once for an outline and key; the key holds all that the context varies by."""
    drawn: SafeString | None = found.fragments.get((template, key))
    if drawn is None:
        drawn = mark_safe(get_template(template).render(context))  # noqa: S308
        found.fragments[template, key] = drawn
    return drawn


def lock_words(found: Outline, lock: Lock) -> dict[str, OutlineItem | OutlineModule | None]:
    """Return what has to be done first, as an item or as a module."""
    if lock.after is None:
        return {}
    return {
        "after_item": found.by_key.get(lock.after),
        "after_module": found.module_with(lock.after),
    }
