"""What can be wrong with a file, or be left out of it: a code, its values and a place.

The sentences stand here once, in English, marked for translation; a page says
``gettext(fault.sentence) % fault.values``. Nothing else in this package speaks to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogues; Django's own would make this package depend on Django."""
    return sentence


FAULTS: Mapping[str, str] = {
    "unknown_format": gettext_noop(
        "This file is none that can be imported: Moodle XML, GIFT, Aiken, a QTI package or our spreadsheet."
    ),
    "qti_1": gettext_noop("This is QTI 1. Export it as QTI 2.1, 2.2 or 3 and try again."),
    "empty": gettext_noop("There are no questions in this file."),
    "too_large": gettext_noop("The file is larger than %(most)s MB."),
    "too_many": gettext_noop("The file holds more than %(most)s questions. Divide it."),
    "text_too_long": gettext_noop("A text is longer than %(most)s characters."),
    "too_deep": gettext_noop("Elements stand within each other more than %(most)s deep."),
    "declarations": gettext_noop(
        "The file begins with a document type or declares entities. That is unsafe and never needed here."
    ),
    "not_well_formed": gettext_noop("The file is not well-formed XML: %(detail)s."),
    "encoding": gettext_noop("The characters of the file cannot be read. Save it as UTF-8."),
    "not_moodle": gettext_noop("The XML is not a list of Moodle questions."),
    "bad_zip": gettext_noop("The zip file is damaged or cannot be read."),
    "zip_encrypted": gettext_noop("The zip file is protected by a password."),
    "zip_name": gettext_noop("The zip file holds a file with an unsafe name: %(name)s."),
    "zip_entries": gettext_noop("The zip file holds more than %(most)s files."),
    "zip_bomb": gettext_noop("The zip file grows to an unreasonable size when it is unpacked."),
    "no_manifest": gettext_noop("The package has no imsmanifest.xml."),
    "missing_file": gettext_noop("The package names a file that it does not hold: %(name)s."),
    "bad_workbook": gettext_noop("The spreadsheet is damaged or cannot be read."),
    "no_sheet": gettext_noop("The spreadsheet has no sheet named %(name)s."),
    "no_column": gettext_noop("The sheet has no column named %(name)s."),
    "formula": gettext_noop("A cell holds a formula. Write its result instead."),
    "bad_cell": gettext_noop("The cell “%(name)s” holds “%(value)s”, which cannot be read there."),
    "unknown_part": gettext_noop("The column “part” holds “%(name)s”, which is no part of a question."),
    "no_question": gettext_noop("This line belongs to no question: the column “kind” is empty above it."),
}

NOTICES: Mapping[str, str] = {
    # the question is left out
    "unknown_type": gettext_noop("Questions of the kind “%(name)s” cannot be imported."),
    "calculated": gettext_noop("Calculated questions cannot be imported: their numbers come from formulas."),
    "random": gettext_noop("A random draw is a rule of a quiz, not a question."),
    "no_text": gettext_noop("The question has no text."),
    "no_right_answer": gettext_noop("No answer of the question is fully right."),
    "too_few_options": gettext_noop("The question has fewer than two options."),
    "too_few_answers": gettext_noop("A gap has fewer than two entries to choose from."),
    "no_gaps": gettext_noop("The text has no gaps that could be read."),
    "bad_number": gettext_noop("“%(name)s” is not a number."),
    "bad_layout": gettext_noop("The question is not written as the format asks: %(name)s."),
    "unmarkable": gettext_noop("The question cannot be marked: %(detail)s."),
    "several_interactions": gettext_noop("Several interactions of different kinds stand in one question."),
    "adaptive": gettext_noop("Adaptive questions cannot be imported."),
    "template_variables": gettext_noop("The question makes its values by rules, which are not imported."),
    "gap_type": gettext_noop("A gap of the kind “%(name)s” cannot be imported."),
    "file_skipped": gettext_noop("“%(name)s” cannot be read and was left out: %(detail)s."),
    "not_exported": gettext_noop("Questions of the kind “%(name)s” cannot be written in this format."),
    # the question is taken, but something about it is adapted
    "guessed_encoding": gettext_noop(
        "The file is not UTF-8; it was read as windows-1252. Check the accented letters."
    ),
    "fraction_snapped": gettext_noop("A weight of %(given)s %% was taken as %(taken)s %%."),
    "fraction_rounded": gettext_noop("A weight of %(given)s was rounded to %(taken)s %%."),
    "fractions_not_one": gettext_noop(
        "The weights of the right options did not add up to 100 %% and were shared."
    ),
    "negative_fraction": gettext_noop("Marks below zero for a wrong option were taken as zero."),
    "most_choices": gettext_noop(
        "Wrong options cost nothing in the file. So that ticking everything does not earn full marks,"
        " only as many can be chosen as are right."
    ),
    "several_right": gettext_noop("Several options are fully right; the question became a multiple choice."),
    "all_or_nothing": gettext_noop("“All or nothing” became part marks."),
    "catch_all": gettext_noop("Any answer is fully right in the file; the question became an essay."),
    "units": gettext_noop("The units were left out."),
    "relative_tolerance": gettext_noop("The relative tolerance became an absolute one."),
    "not_decimal": gettext_noop("A number without an end was rounded."),
    "form_dropped": gettext_noop("The accepted answer “%(name)s” says nothing and was left out."),
    "accents": gettext_noop("Accents count in answers there; here they did not."),
    "case": gettext_noop("Capitals are treated differently there."),
    "ordering_rule": gettext_noop("The rule “%(name)s” for partly right orders became “%(taken)s”."),
    "ordering_subset": gettext_noop("Only some of the items were to be shown; all are."),
    "drag": gettext_noop("Drag and drop became choosing from lists."),
    "distractors": gettext_noop("Some wrong answers were left out."),
    "attachments": gettext_noop("Files could be attached to the answer; this is not taken over."),
    "response_template": gettext_noop(
        "The text that stood in the answer box is kept with the marker's notes."
    ),
    "numbering": gettext_noop("The numbering of options (%(name)s) is not taken over."),
    "shuffle": gettext_noop(
        "The options stood in a fixed order; whether they are shuffled is set here by the quiz."
    ),
    "category_text": gettext_noop("The description of a category was left out."),
    "markup": gettext_noop(
        "Some of the markup was removed because it is unsafe or cannot be shown: %(names)s."
    ),
    "remote_media": gettext_noop("A picture or recording on another site became a link: %(name)s."),
    "missing_media": gettext_noop("A picture or recording is not in the file: %(name)s."),
    "bad_media": gettext_noop("A picture or recording cannot be used and was left out: %(name)s."),
    "processing": gettext_noop(
        "Rules of marking of its own were not taken; the answers declared right count."
    ),
    "stylesheet": gettext_noop("The style sheet of the question was left out."),
    "rubric_block": gettext_noop("Instructions for “%(name)s” were left out."),
    "settings": gettext_noop("“%(name)s” is not taken over."),
    "language_left": gettext_noop("The texts in the language “%(name)s” were left out: the site has none."),
    "language_taken": gettext_noop(
        "The site does not have the language “%(name)s”; its texts are kept as “%(taken)s”. Check them."
    ),
    "shortened": gettext_noop("“%(name)s” is too long and was shortened."),
    # left out when writing
    "languages": gettext_noop("Only the text in the language of origin was written."),
    "feedback": gettext_noop("Feedback was left out."),
    "hints": gettext_noop("Hints were left out."),
    "media": gettext_noop("Pictures and recordings were left out."),
    "rubric": gettext_noop("The rubric was left out."),
    "part_weights": gettext_noop("The parts had different weights; here each counts the same."),
    "survey": gettext_noop("No answer is right in the file; the question became an item of a survey."),
    "test": gettext_noop("The order, sections and rules of the test are not taken over."),
    "details": gettext_noop("“%(name)s” was left out."),
    "weight": gettext_noop("The weight of the question was left out."),
    "forms_joined": gettext_noop("The accepted answers of all languages stand in one list."),
    "answer_markup": gettext_noop("Answers can only be plain words there; their markup was left out."),
    "reason_joined": gettext_noop("The reason and the source were added to the general feedback."),
    "stem_joined": gettext_noop("The question and the text with gaps became one text."),
    "part_fractions": gettext_noop("Part marks were left out."),
}


@dataclass(frozen=True)
class Place:
    """Where something stands: a file within a package, a line or row, from 1; empty or 0 if unknown."""

    file: str = ""
    line: int = 0


class InterchangeError(ValueError):
    """The file as a whole is refused. Nothing that was read before it counts."""

    def __init__(self, code: str, place: Place | None = None, **values: object) -> None:
        self.code = code
        self.place = place or Place()
        self.values = values
        super().__init__(self.sentence % values)

    @property
    def sentence(self) -> str:
        """The English sentence, to be translated and filled with ``values``."""
        return FAULTS[self.code]


@dataclass(frozen=True)
class Notice:
    """One feature of a question that was skipped or adapted."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, to be translated and filled with ``values``."""
        return NOTICES[self.code]

    def __hash__(self) -> int:
        return hash((self.code, *sorted(self.values.items())))
