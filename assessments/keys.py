"""How a version of a question is marked: its key, as ``scoring`` reads it.

What is not a text stands in the version's ``marking``; options, entries of gaps, decisions and
criteria are rows, and bring their worth with them.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.choices import Kind, OptionRole
from assessments.models import Option, QuestionVersion
from assessments.scoring import SpecError, read_key
from assessments.scoring.multiple import even_fractions

# what each kind takes from the version's own marking settings
SETTINGS: Mapping[str, tuple[str, ...]] = {
    Kind.SINGLE: (),
    Kind.MULTIPLE: ("rule", "most"),
    Kind.TRUE_FALSE: ("answer",),
    Kind.MATCHING: (),
    Kind.ORDERING: ("rule",),
    Kind.NUMERIC: ("value", "tolerance", "tolerance_kind", "also", "unit"),
    Kind.SHORT: ("accepted", "case", "accents"),
    Kind.GAP: ("gaps",),
    Kind.WORDS: ("words", "rule"),
    Kind.SCENARIO: (),
    Kind.ESSAY: ("minimum_words", "maximum_words"),
    Kind.FILE: ("types", "largest", "most"),
    Kind.SURVEY: (),
    Kind.DESCRIPTION: (),
}


def spec_of(version: QuestionVersion) -> dict[str, Any]:
    """The key of a version, with what differs by jurisdiction.

    Whether it can mark is for ``scoring.check_key`` to say. Raises SpecError when no option of a
    multiple choice is correct.
    """
    marking = version.marking or {}
    named = (*SETTINGS[version.kind], "jurisdictions")
    return {name: marking[name] for name in named if marking.get(name) not in (None, "")} | _of_rows(version)


def can_be_marked(version: QuestionVersion) -> bool:
    """Whether the question can be put: its usual key is complete."""
    try:
        read_key(version.kind, spec_of(version))
    except SpecError:
        return False
    return True


def hints_of(version: QuestionVersion) -> list[Option]:
    """The hints, in the order in which they are shown."""
    return version.of_role(OptionRole.HINT)


def penalty_of(version: QuestionVersion, usual: Fraction) -> Fraction:
    """What each earlier try takes off: the question's own penalty, else the quiz's."""
    own = (version.marking or {}).get("penalty")
    return usual if own in (None, "") else Fraction(str(own))


def keeps_order(version: QuestionVersion) -> bool:
    """Whether options stand in the author's order in every quiz, as a scale does."""
    fixed = version.kind in (Kind.TRUE_FALSE, Kind.SURVEY)
    return fixed or (version.marking or {}).get("shuffle") is False


def _of_rows(version: QuestionVersion) -> dict[str, Any]:
    options = version.of_role(OptionRole.OPTION)
    match version.kind:
        case Kind.SINGLE:
            return {"options": {str(option.key): _worth(option) for option in options}}
        case Kind.MULTIPLE:
            return {"options": _shares(options)}
        case Kind.TRUE_FALSE if len(options) == 2:
            # the first option is "true", the second "false"
            return {"answer": options[0].correct}
        case Kind.MATCHING:
            return _pairs(options)
        case Kind.ORDERING:
            return {"order": [str(option.key) for option in options]}
        case Kind.GAP:
            return _gaps(version)
        case Kind.SCENARIO:
            return _scenario(version)
        case Kind.ESSAY | Kind.FILE:
            return _rubric(version)
        case Kind.SURVEY:
            return {"scale": [str(option.key) for option in options]}
    return {}


def _worth(option: Option) -> str:
    if option.fraction is not None:
        return str(option.fraction)
    return "1" if option.correct else "0"


def _shares(options: Sequence[Option]) -> dict[str, str]:
    usual = even_fractions({str(option.key): option.correct for option in options})
    given = {str(o.key): o.fraction for o in options if o.fraction is not None}
    return {name: str(value) for name, value in (usual | given).items()}


def _pairs(options: Sequence[Option]) -> dict[str, Any]:
    prompts = [option for option in options if option.text]
    return {
        "pairs": {str(option.key): str(option.match_key) for option in prompts},
        "distractors": [str(option.match_key) for option in options if not option.text],
    }


def _gaps(version: QuestionVersion) -> dict[str, Any]:
    """The gaps as the marking states them; those with a list have their entries as rows."""
    gaps: dict[str, Any] = {name: dict(gap) for name, gap in (version.marking or {}).get("gaps", {}).items()}
    for entry in version.of_role(OptionRole.GAP_ENTRY):
        gap = gaps.setdefault(entry.belongs_to, {})
        gap["options"] = {**gap.get("options", {}), str(entry.key): _worth(entry)}
    return {"gaps": gaps} if gaps else {}


def _scenario(version: QuestionVersion) -> dict[str, Any]:
    graph = (version.marking or {}).get("scenario", {})
    situations = {
        str(row.key): {**graph.get("situations", {}).get(str(row.key), {}), "decisions": {}}
        for row in version.of_role(OptionRole.SITUATION)
    }
    for row in version.of_role(OptionRole.DECISION):
        if row.belongs_to not in situations:
            raise SpecError("a decision belongs to a situation of its question")
        leads = graph.get("decisions", {}).get(str(row.key), {})
        situations[row.belongs_to]["decisions"][str(row.key)] = {**leads, "worth": _worth(row)}
    return {"start": graph.get("start") or next(iter(situations), ""), "situations": situations}


def _rubric(version: QuestionVersion) -> dict[str, Any]:
    rows = version.of_role(OptionRole.CRITERION)
    points = [str(row.fraction) for row in rows] or [
        # questions of the first release hold their criteria in the marking
        str(line["points"])
        for line in (version.marking or {}).get("rubric", ())
    ]
    return {"rubric": [{"points": value} for value in points]} if points else {}
