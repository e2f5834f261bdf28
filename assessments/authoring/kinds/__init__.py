"""The form of each kind of question."""

from collections.abc import Mapping

from assessments.authoring.kinds.arrangements import MatchingForm, OrderingForm
from assessments.authoring.kinds.base import KindForm
from assessments.authoring.kinds.by_person import DescriptionForm, EssayForm, FileForm
from assessments.authoring.kinds.choices import MultipleForm, SingleForm, SurveyForm, TrueFalseForm
from assessments.authoring.kinds.scenario import ScenarioForm
from assessments.authoring.kinds.texts import GapForm, WordsForm
from assessments.authoring.kinds.typed import NumericForm, ShortForm
from assessments.choices import Kind

FORMS: Mapping[str, type[KindForm]] = {
    Kind.SINGLE: SingleForm,
    Kind.MULTIPLE: MultipleForm,
    Kind.TRUE_FALSE: TrueFalseForm,
    Kind.MATCHING: MatchingForm,
    Kind.ORDERING: OrderingForm,
    Kind.NUMERIC: NumericForm,
    Kind.SHORT: ShortForm,
    Kind.GAP: GapForm,
    Kind.WORDS: WordsForm,
    Kind.SCENARIO: ScenarioForm,
    Kind.ESSAY: EssayForm,
    Kind.FILE: FileForm,
    Kind.SURVEY: SurveyForm,
    Kind.DESCRIPTION: DescriptionForm,
}
