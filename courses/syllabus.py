"""Syllabus versions: what a course asked for, frozen when it changes."""

import uuid
from collections.abc import Collection
from fractions import Fraction
from functools import partial

from django.db import transaction

from courses import comparison, rules, tree
from courses.choices import CompletionRule, ItemKind
from courses.rules import Group, Requirement, Rule, RuleKind, Syllabus
from translation.reading import Reading

from .models import Course, CoursePage, SyllabusVersion


def renew_edition(*, course: Course) -> None:
    """Say that the course or a page of it changed, so that nothing cached about it is used again."""
    course.edition = uuid.uuid4()
    Course.objects.filter(pk=course.pk).update(edition=course.edition)


def page_changed(*, path: str) -> None:
    """Renew the edition of the course to which the page with this tree path belongs, if any."""
    if (page := tree.course_page_of(path)) is not None:
        renew_edition(course=page.course)


def page_went_live(*, path: str) -> None:
    """Renew the edition, and freeze a new syllabus if the live pages ask for something else now.

    The syllabus is compared once the transaction is over, so that importing a course of forty pages
    freezes one version and not forty.
    """
    if (page := tree.course_page_of(path)) is not None:
        renew_edition(course=page.course)
        transaction.on_commit(partial(freeze, course=page.course))


@transaction.atomic
def freeze(*, course: Course) -> SyllabusVersion:
    """Return the version that says what the live pages ask for; a new one if the last does not."""
    Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    page = CoursePage.objects.filter(course=course).first()
    asked = of_tree(tree.read(page), course=course) if page else Syllabus(())
    last = course.syllabuses.order_by("-number").first()
    if last is not None and rules.from_json(last.requirements).asks_the_same(asked):
        return last
    number = last.number + 1 if last else 1
    return SyllabusVersion.objects.create(course=course, number=number, requirements=rules.to_json(asked))


def of_tree(pages: tree.Tree, *, course: Course) -> Syllabus:
    """Return what the pages ask for now: their required items, by module."""
    counts_modules = course.completion_rule == CompletionRule.MODULES
    groups = []
    for part in pages.parts:
        if isinstance(part, tree.Module):
            asked = tuple(requirement(item) for item in part.items if item.required)
            needed = part.needed if counts_modules else None
            groups.append(Group(part.key, asked, needed, part.titles))
        elif part.required:
            groups.append(Group(None, (requirement(part),), None, part.titles))
    return Syllabus(tuple(groups))


def requirement(item: tree.Item) -> Requirement:
    """Return the requirement that an item makes: read a lesson, reach the pass mark of a quiz."""
    rule = rules.READ
    if item.kind == ItemKind.QUIZ:
        rule = Rule(RuleKind.SCORE, Fraction(item.pass_mark or 0) / 100)
    return Requirement(item.key, item.kind.value, rule, item.minutes, item.titles)


def summary_of(version: SyllabusVersion, done: frozenset[uuid.UUID]) -> rules.Summary:
    """Return how far somebody is under a version."""
    return rules.summary(rules.from_json(version.requirements), done)


def title_in(titles: rules.Titles, language: str, source_language: str) -> Reading:
    """Return a frozen title in a language, else in the source language, else in any."""
    for code in (language, source_language, *titles):
        if titles.get(code):
            return Reading(titles[code], code)
    return Reading("", source_language)


def gone(
    found: rules.Summary, offered: Collection[uuid.UUID], *, language: str, source_language: str
) -> list[Reading]:
    """Return the titles of what somebody lacks and can no longer do, though they need it to complete.

    `offered` are the keys of the items that the course has now.
    """
    lost = comparison.out_of_reach(found, frozenset(offered))
    return [title_in(one.titles, language, source_language) for one in lost]
