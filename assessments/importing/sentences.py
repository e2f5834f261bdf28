"""What readers and writers of files have to say, in the reader's language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.choices import Kind
from assessments.interchange import InterchangeError, Notice
from assessments.interchange.errors import FAULTS

# what notices name by a word of the code; all else is a word of the file
_NAMED = {
    "reason": gettext_lazy("reason"),
    "authority": gettext_lazy("source"),
    "objective": gettext_lazy("learning outcome"),
    "difficulty": gettext_lazy("difficulty"),
    "penalty": gettext_lazy("penalty for each try"),
    "marker_notes": gettext_lazy("notes for markers"),
    "identifier": gettext_lazy("identifier"),
    "jurisdictions": gettext_lazy("what differs by country"),
    "minimum_words": gettext_lazy("least number of words"),
    "maximum_words": gettext_lazy("largest number of words"),
    "most": gettext_lazy("how many can be chosen"),
    "rule": gettext_lazy("rule of marking"),
    "unit": gettext_lazy("unit"),
    "true, false": gettext_lazy("words for true and false"),
}


def of_notice(notice: Notice) -> str:
    """One feature that was skipped or adapted."""
    values = dict(notice.values)
    name = values.get("name", "")
    if name in _NAMED:
        values["name"] = str(_NAMED[name])
    elif name in Kind.values:
        values["name"] = str(Kind(name).label)
    return _(notice.sentence) % values


def of_problem(problem: Mapping[str, Any]) -> str:
    """Why a file was refused, and where; ``problem`` is what an import keeps of the error."""
    if problem.get("code") not in FAULTS:
        return _("Something went wrong on our side while the file was read. Try again, or ask for help.")
    sentence = _(FAULTS[problem["code"]]) % problem["values"]
    file, line = problem.get("file"), problem.get("line")
    if file and line:
        return _("%(file)s, line %(line)s: %(sentence)s") % {
            "file": file,
            "line": line,
            "sentence": sentence,
        }
    if line:
        return _("Line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}
    return _("%(file)s: %(sentence)s") % {"file": file, "sentence": sentence} if file else sentence


def problem_of(error: InterchangeError) -> dict[str, Any]:
    """What is kept of an error."""
    values = {name: str(value) for name, value in error.values.items()}
    return {"code": error.code, "values": values, "file": error.place.file, "line": error.place.line}


def counted(notices: Iterable[Notice]) -> list[tuple[str, int]]:
    """Each sentence once, with how often it was said, the most frequent first."""
    return Counter(of_notice(notice) for notice in notices).most_common()
