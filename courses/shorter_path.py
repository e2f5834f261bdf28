"""What somebody has to do to renew a certificate: pure. Only what changed since, and the final test."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from uuid import UUID

from courses.rules import Group, Requirement, RuleKind, Syllabus


class Why(StrEnum):
    """Why something has to be done: the course asks for it now, by a harder rule, or its text changed;
    a test is always taken again, and everything where a course has neither test nor change."""

    NEW = "new"
    HARDER = "harder"
    CHANGED = "changed"
    TEST = "test"
    ALL = "all"


def shorter_path(
    asked: Syllabus,
    before: Syllabus,
    *,
    done: frozenset[UUID],
    changed: frozenset[UUID],
    tests: frozenset[UUID],
) -> Mapping[UUID, Why]:
    """Return what has to be done, in the order of the course, with the reason of each; never nothing.

    `asked` is what the course asks for now and `before` what it asked for when it was completed.
    `done` is all that the person ever did, `changed` what of it reads differently since, and `tests`
    are the final tests. A course that asks for nothing is asked of nobody.
    """
    rules = {one.key: one for one in before.requirements}
    path: dict[UUID, Why] = {}
    for group in asked.groups:
        enough = _enough(group, done)
        for one in group.requirements:
            if one.key in tests:
                path[one.key] = Why.TEST
            elif one.key not in done:
                if one.key in enough:
                    path[one.key] = Why.NEW
            elif _is_harder(one, rules.get(one.key)):
                path[one.key] = Why.HARDER
            elif one.key in changed:
                path[one.key] = Why.CHANGED
    return path or _whole(asked)


def _enough(group: Group, done: frozenset[UUID]) -> frozenset[UUID]:
    """What is done, and the first of what is not, until there is as much as the group asks for."""
    here = [one.key for one in group.requirements]
    had = [key for key in here if key in done]
    short = max(0, group.required - len(had))
    return frozenset([*had, *[key for key in here if key not in done][:short]])


def _is_harder(one: Requirement, before: Requirement | None) -> bool:
    if before is None or one.rule.kind is RuleKind.READ or one.rule.at_least is None:
        return False
    return before.rule.at_least is None or one.rule.at_least > before.rule.at_least


def _whole(asked: Syllabus) -> dict[UUID, Why]:
    """Its quizzes, where nothing changed and there is no final test; without any, all of it."""
    quizzes = dict(_scored(asked))
    return quizzes or dict.fromkeys((one.key for one in asked.requirements), Why.ALL)


def _scored(asked: Syllabus) -> Iterator[tuple[UUID, Why]]:
    for one in asked.requirements:
        if one.rule.kind is RuleKind.SCORE:
            yield one.key, Why.TEST
