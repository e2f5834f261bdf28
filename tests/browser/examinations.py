"""What the demo shows of examinations, asked of its pages without a browser.

Runs inside the settings of the demo (`Server.run`), never in the test process.
"""

from django.apps import apps
from django.test import Client

from accounts.models import User
from assessments.models import Attempt
from assessments.replaying import replay
from courses.models import Cohort
from portal.demo import exams, supervised, written
from portal.demo.people import GUIDES

FIGURES = f"figures/{exams.FINAL}/"
APPS = ("accounts", "assessments", "courses", "certificates")


def looked_for() -> list[tuple[str, str, list[str]]]:
    """Return who opens which page, and words that stand there only if it has something to show."""
    finished = Cohort.objects.get(name="Judges 2026 A").key
    bias = Cohort.objects.get(name="Judges 2026 C").key
    return [
        ("trainer", f"{FIGURES}", ["Cronbach", "0.77", "Check the key", "Last attempts"]),
        ("trainer", f"{FIGURES}questions/{exams.MISKEYED}/", ["Check the key", "Too few to tell"]),
        ("trainer", f"{FIGURES}progress/", ["Effect size", "Mexico", "Not shown"]),
        ("trainer", f"figures/{exams.BIAS_PRETEST}/vignettes/?group={bias}", ["A difference"]),
        ("trainer", "quiz/marking/", ["Moderator", "First marker", "1 answer waits for you"]),
        ("trainer", "quiz/regrades/", ["Final test"]),
        ("trainer", "law/questions/", ["Ley 137-03", "Review was due"]),
        ("registrar", f"{FIGURES}progress/?group={finished}", ["Effect size"]),
        ("registrar", "staff/exams/late/", ["Daniela Arriaga Montes"]),
        ("registrar", f"staff/exams/{supervised.SUPERVISED}/", [supervised.ROOM, "4 of 30"]),
        ("registrar", f"staff/exams/{written.WRITTEN}/marking/", ["kappa", "Héctor Salinas Prieto"]),
        ("judge", "quiz/certainty/", ["67%"]),
        ("judge", "courses/examination-room/ways-of-testing/all-kinds/", ["14"]),
    ]


def not_shown() -> list[str]:
    """Return what is missing on the pages of the demo about examinations."""
    missing = []
    for who, path, words in looked_for():
        visitor = Client(SERVER_NAME="localhost")
        visitor.force_login(
            User.objects.get(email=f"{who}@demo.example"),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        page = visitor.get(f"/en/{path}")
        text = page.content.decode()
        missing += [f"{who} {path} {page.status_code}: {word}" for word in words if word not in text]
    return missing


def not_intact() -> list[str]:
    """Return attempts of the demo that their steps do not lead to; two of each quiz are looked at."""
    keys = Attempt.objects.order_by().values_list("quiz_key", flat=True).distinct()
    newest = [Attempt.objects.filter(quiz_key=key).order_by("-pk")[:2] for key in keys]
    found = [one for some in newest for one in some.prefetch_related("steps")]
    return [str(one.key) for one in found if not _is_what_its_steps_say(one)]


def made_again() -> list[str]:
    """Make the examinations of the demo again; return the tables in which rows have come or gone."""
    before = _counts()
    exams.make({guide.email: User.objects.get(email=guide.email) for guide in GUIDES})
    after = _counts()
    return [name for name, rows in before.items() if after[name] != rows and name != "AuditEntry"]


def _is_what_its_steps_say(attempt: Attempt) -> bool:
    found = replay(attempt.paper, list(attempt.steps.all()))
    return found.intact and (found.fraction, found.passed) == (attempt.fraction, attempt.passed)


def _counts() -> dict[str, int]:
    counted = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {model.__name__: model._default_manager.count() for model in counted}
