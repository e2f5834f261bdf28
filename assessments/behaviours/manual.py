"""Manual: a person marks what is handed in. And what nobody marks, because nothing is scored."""

from assessments.behaviours.engine import Behaviour
from assessments.behaviours.state import ANSWER, SUBMIT

MANUAL = Behaviour("manual", frozenset({ANSWER, SUBMIT}), by_person=True)
INFORMATION = Behaviour("information", frozenset({ANSWER, SUBMIT}))
