"""Immediate: each question can be checked once; the check closes it and says everything."""

from assessments.behaviours.engine import Behaviour
from assessments.behaviours.state import ANSWER, CHECK, SUBMIT

IMMEDIATE = Behaviour("immediate", frozenset({ANSWER, CHECK, SUBMIT}))
