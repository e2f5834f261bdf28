"""How a version of a question is marked: its key, as ``scoring`` reads it."""

from collections.abc import Sequence
from typing import Any

from assessments.choices import Kind
from assessments.models import Option, QuestionVersion
from assessments.scoring.multiple import even_fractions

# what each kind takes from the version's own marking settings
_SETTINGS = {
    Kind.SINGLE: (),
    Kind.MULTIPLE: ("rule",),
    Kind.TRUE_FALSE: ("answer",),
    Kind.MATCHING: (),
    Kind.ORDERING: ("rule",),
    Kind.NUMERIC: ("value", "tolerance", "tolerance_kind", "unit"),
    Kind.SHORT: ("accepted", "case", "accents"),
    Kind.GAP: ("gaps",),
    Kind.ESSAY: ("minimum_words", "maximum_words"),
}


def spec_of(version: QuestionVersion) -> dict[str, Any]:
    """The key of a version; whether it can mark is for ``scoring.read_key`` to say.

    Raises SpecError when no option of a multiple choice is correct.
    """
    options = list(version.options.all())
    marking = version.marking or {}
    spec = {name: marking[name] for name in _SETTINGS[Kind(version.kind)] if name in marking}
    return spec | _of_options(version.kind, options)


def _of_options(kind: str, options: Sequence[Option]) -> dict[str, Any]:
    match kind:
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
