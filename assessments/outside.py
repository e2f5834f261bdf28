"""What the bank has to be told by those above it: which quizzes ask a question, and what the law says.

Assessments knows neither courses nor law. Whoever does sets these when the app is ready; until
then there is nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from assessments.models import Question
from translation.reading import Reading


@dataclass(frozen=True)
class QuizUse:
    """A quiz that asks a question: always, by drawing from its category, or through its vignette.

    ``version`` is the one that the quiz has pinned.
    """

    title: Reading
    course: str
    url: str
    how: str
    version: int | None = None


@dataclass(frozen=True)
class Provision:
    """A provision of law that makes a key differ: its key, its citation, and a digest of what it says."""

    key: UUID
    country: str
    citation: str
    digest: str


QuizzesOf = Callable[[Sequence[Question]], Mapping[UUID, Sequence[QuizUse]]]
ProvisionsOf = Callable[[str], Sequence[Provision]]
_quizzes_of: list[QuizzesOf] = []
_provisions_of: list[ProvisionsOf] = []


def tell(*, quizzes: QuizzesOf, provisions: ProvisionsOf) -> None:
    """Set who knows; called once, when the app that knows is ready."""
    _quizzes_of[:], _provisions_of[:] = [quizzes], [provisions]


def quizzes_of(questions: Iterable[Question]) -> Mapping[UUID, Sequence[QuizUse]]:
    """The quizzes that ask these questions, by the key of the question."""
    found = list(questions)
    return _quizzes_of[0](found) if _quizzes_of and found else {}


def provisions_of(country: str) -> Sequence[Provision]:
    """The provisions that are held of a country; of all for none."""
    return _provisions_of[0](country) if _provisions_of else ()
