"""Deferred: nothing is judged before the attempt is handed in."""

from assessments.behaviours.engine import Behaviour
from assessments.behaviours.state import ANSWER, SUBMIT

DEFERRED = Behaviour("deferred", frozenset({ANSWER, SUBMIT}))
