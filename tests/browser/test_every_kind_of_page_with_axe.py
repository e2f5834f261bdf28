"""Every kind of page, in Spanish and in Arabic, light and dark, everything open: axe finds nothing."""

from collections.abc import Callable

import pytest

from tests.browser.preparing import BY_RULE
from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TIP = "courses/trafficking-smuggling/"
COHORT = "main table a:has-text('Judges 2026 B')"
FINISHED = "main table a:has-text('Judges 2026 A')"  # of a course whose tests they have taken
FOR_ANYBODY = [
    "",
    "courses/",
    TIP,
    "law/compare/",
    "law/compare/?topic=penalty&topic=smuggling&country=MX&country=BD&country=MV",
    "verify/",
    "verify/2020-AAAA-BBBB/",
    "account/login/",
    "account/password/reset/",
    "account/login/code/",
    "people/apply/",
    "help/",
    "privacy/",
    "accessibility/",
    "display/",
    "no-such-page/",
]
FOR_A_JUDGE = [
    "my-learning/",
    "quiz/certainty/",
    "people/profile/",
    "courses/judging-without-bias/",
    TIP,
    TIP + "pretest/",
    TIP + "foundations/two-protocols/",
    TIP + "foundations/act-means-purpose/",
    TIP + "foundations/trafficking-or-smuggling/",
    TIP + "foundations/quiz/",
    "handbooks/trafficking-smuggling/",
    "account/email/",
    "account/password/change/",
    "account/logout/",
]
FOR_STAFF = [
    "staff/cohorts/",
    "staff/learners/",
    "staff/applications/",
    "staff/certificates/",
    "staff/cohorts/new/",
    "staff/designs/",
    "staff/designs/new/",
    "staff/exams/",
    "staff/exams/late/",
    "quiz/regrades/",
    "people/outbox/",
]

FOR_AN_AUTHOR = [
    "bank/",
    "bank/?q=no-such-words",
    "bank/duplicates/",
    "bank/new/",
    # a case of the demo that has two variants
    "bank/964e2bd4-1a0a-5946-95c4-15498dba8f90/variants/?with=B",
    *(f"bank/new/{kind}/" for kind in ("single", "multiple", "matching", "numeric", "short", "gap")),
    *(f"bank/new/{kind}/" for kind in ("words", "scenario", "essay", "file", "survey")),
    "law/questions/",
    "quiz/marking/",
    "quiz/regrades/",
]

QUESTIONS = """
::One:: Who pays? {=The state#Yes. ~The victim#No.}

::Two:: Join them. {=He lied -> Means =He drove -> Act}

::Three:: A border must be crossed. {F}

::Four:: Why? {}
"""

Faults = list[tuple[str, str, list[str]]]


@pytest.fixture(scope="module")
def attempts(server: Server) -> dict[str, str]:
    """One attempt with every kind of question for each language."""
    emails = ["typist@example.org", "arabic@example.org"]
    begun = server.run("sit", emails=emails, course="TIP-101", kinds=[*BY_RULE, "essay"], language="es")
    return dict(zip(("es", "ar"), begun, strict=True))


@pytest.fixture(scope="module")
def work(server: Server) -> dict[str, str]:
    """What waits for a trainer and for staff, as addresses."""
    who = {"learner": "phone@example.org", "trainer": "trainer@demo.example"}
    made = server.run("work_for_staff", course="TIP-101", staff="registrar@demo.example", **who)
    return dict(made)


@pytest.fixture(params=["es", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(walk: Callable[..., Walker]) -> Walker:
    visitor = walk(viewport={"width": 1280, "height": 900})
    visitor.expected = {403, 404, 410}
    return visitor


def faults_on(visitor: Walker, paths: list[str], language: str) -> Faults:
    found: Faults = []
    for path in paths:
        visitor.go(f"/{language}/{path}")
        found += visitor.faults()
    return found


def test_the_pages_for_anybody_have_no_fault(visitor: Walker, language: str) -> None:
    found = faults_on(visitor, FOR_ANYBODY, language)
    assert found + visitor.faults_of_menus() == []


def test_the_pages_of_a_judge_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("judge@demo.example", language=language)
    found = faults_on(visitor, FOR_A_JUDGE, language)
    visitor.go(f"/{language}/my-learning/")
    found += visitor.faults_of_menus()
    visitor.press("main a[href*='/renew/']")
    found += visitor.faults()
    visitor.go(f"/{language}/my-learning/")
    visitor.press("main a[href*='/certificates/'] >> nth=0")
    found += visitor.faults()
    number = visitor.path.split("/certificates/")[1]
    visitor.go(f"/{language}/my-learning/")
    visitor.press("main form[action*='transcript'] button")
    found += visitor.faults()
    assert found + faults_on(visitor, [f"verify/{number}"], language) == []


def test_a_lesson_as_text_only_has_no_fault_and_loads_no_medium(visitor: Walker, language: str) -> None:
    visitor.enter("judge@demo.example", language=language)
    visitor.go(f"/{language}/{TIP}foundations/act-means-purpose/")
    loaded: set[str] = set()
    visitor.page.on("request", lambda request: loaded.add(request.resource_type))
    visitor.press(".reading-mode button")
    found = visitor.faults() + visitor.faults_of_menus()
    assert loaded <= {"document", "stylesheet", "script", "other"}
    visitor.press("form.notice button")
    assert visitor.page.locator("video").count()
    assert found == []


def test_every_kind_of_question_review_and_result_have_no_fault(
    visitor: Walker, language: str, attempts: dict[str, str]
) -> None:
    visitor.enter({"es": "typist", "ar": "arabic"}[language] + "@example.org", language=language)
    visitor.go(f"/{language}/quiz/{attempts[language]}/1/")
    found: Faults = []
    slots = visitor.paper().slots
    assert {slot.kind for slot in slots} == {*BY_RULE, "essay"}
    for slot in slots:
        if slot.kind not in ("short", "essay"):
            visitor.fill_answer(slot)
        found += visitor.faults()
        visitor.save_and_go()
    found += visitor.faults()
    visitor.hand_in()
    assert found + visitor.faults() == []


def test_the_pages_of_an_import_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("trainer@demo.example", language=language, then=f"/{language}/bank/import/")
    visitor.page.click("main form[enctype] .btn")
    found = visitor.faults()
    visitor.page.set_input_files(
        "[name=file]", {"name": "q.gift", "mimeType": "text/plain", "buffer": QUESTIONS.encode()}
    )
    visitor.press("main form[enctype] .btn")
    found += visitor.faults()
    visitor.press("button[value=take]")
    found += visitor.faults()
    visitor.page.select_option("[name=category]", index=1)
    visitor.press("button[value=take]")
    found += visitor.faults() + faults_on(visitor, ["bank/export/", "bank/export/?form=gift"], language)
    visitor.page.select_option("[name=category]", index=1)
    visitor.press("main form .btn")
    assert found + visitor.faults() == []


def test_the_pages_of_the_bank_and_of_marking_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("trainer@demo.example", language=language, then=f"/{language}/bank/")
    found = faults_on(visitor, FOR_AN_AUTHOR, language)
    visitor.go(f"/{language}/bank/?kind=single")
    visitor.press("main tbody th a >> nth=0")
    question = visitor.path.removeprefix(f"/{language}/")
    below = [question + page for page in ("", "edit/", "law/", "versions/", "translate/bn/", "variants/")]
    found += faults_on(visitor, below, language)
    visitor.go(f"/{language}/bank/")
    visitor.page.check("[name=who] >> nth=0")
    visitor.press(".bulk button >> nth=0")
    found += visitor.faults()
    assert found + visitor.faults() == []


def test_the_pages_about_running_quizzes_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("registrar@demo.example", language=language, then=f"/{language}/staff/exams/")
    visitor.press("main tbody th a >> nth=0")
    desk = visitor.path.removeprefix(f"/{language}/")
    found = faults_on(visitor, [desk + page for page in ("", "marking/", "exceptions/")], language)
    visitor.go(f"/{language}/{desk}rooms/")
    found += visitor.faults()
    visitor.page.fill("[name=room]", "Sala 1")
    visitor.page.fill("[name=valid_until]", "2099-12-31T12:00")
    visitor.press("main form .btn >> nth=0")
    found += visitor.faults()
    visitor.go(f"/{language}/{desk}")
    visitor.press("main a[href*='/exams/rooms/'][href$='/withdraw/'] >> nth=0")
    found += visitor.faults()
    visitor.go(f"/{language}/quiz/regrades/")
    visitor.press("main table a[href*='/regrades/quiz/'] >> nth=0")
    assert found + visitor.faults() == []


def test_what_waits_for_trainers_and_staff_has_no_fault(
    visitor: Walker, walk: Callable[..., Walker], language: str, work: dict[str, str]
) -> None:
    visitor.enter("trainer@demo.example", language=language)
    found = faults_on(visitor, ["quiz/marking/", work["mark"], work["correct"]], language)
    staff = walk(viewport={"width": 1280, "height": 900})
    staff.enter("registrar@demo.example", language=language)
    pages = [work[name] for name in ("late", "exception", "regrade")]
    assert found + faults_on(staff, pages, language) == []


def test_the_pages_of_figures_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("registrar@demo.example", language=language, then=f"/{language}/staff/")
    visitor.press(FINISHED)
    visitor.press("main a[href*='/figures/courses/']")
    found = visitor.faults()
    tests = visitor.page.locator("main a[href*='/figures/']:not([href*='/courses/'])")
    pages = [str(link.get_attribute("href")) for link in tests.all()]
    for kind in ("/progress/", "/vignettes/"):
        pages = [page for page in pages if kind not in page] + [page for page in pages if kind in page][:1]
    for page in [*pages[:2], *pages[-2:]]:
        visitor.go(page)
        found += visitor.faults()
        if visitor.page.locator("main a[href*='/questions/']").count():
            visitor.press("main a[href*='/questions/'] >> nth=0")
            found += visitor.faults()
    assert found == []


def test_the_pages_of_staff_have_no_fault(visitor: Walker, language: str) -> None:
    visitor.enter("registrar@demo.example", language=language, then=f"/{language}/staff/")
    found = faults_on(visitor, FOR_STAFF, language)
    visitor.go(f"/{language}/staff/")
    visitor.press(COHORT)
    cohort = visitor.path
    found += visitor.faults()
    visitor.press("main a[href*='/figures/courses/']")
    found += visitor.faults()
    visitor.press("main table a >> nth=0")
    found += visitor.faults()
    visitor.go(cohort + "enrol/")
    found += visitor.faults()
    visitor.go(cohort + "names/list/")
    found += visitor.faults()
    visitor.go(cohort + "names/")
    visitor.press("main form .btn >> nth=0")
    found += visitor.faults()
    visitor.go(cohort + "ceremony/")
    found += visitor.faults()
    visitor.page.check("[name=kind][value=mail]")
    visitor.press("main form:has([name=kind]) .btn >> nth=0")
    found += visitor.faults()
    visitor.go(cohort + "ceremony/")
    visitor.press("main form:has([name=kind]) .btn >> nth=0")
    found += visitor.faults()
    visitor.go(f"/{language}/staff/designs/")
    visitor.press("main tbody a >> nth=0")
    found += visitor.faults()
    visitor.press("main .section__head a >> nth=0")
    found += visitor.faults()
    visitor.go(f"/{language}/staff/certificates/?state=valid&kind=completion")
    visitor.press("main tbody a >> nth=0")
    found += visitor.faults()
    certificate = visitor.path
    found += faults_on(visitor, [certificate.removeprefix(f"/{language}/") + "name/"], language)
    visitor.page.fill("[name=name]", "Another Name")
    visitor.press("main form .btn >> nth=0")
    found += visitor.faults()
    visitor.go(f"{cohort}?q=Ximena")
    visitor.press("main tbody a >> nth=0")
    assert found + visitor.faults() == []


def test_the_page_of_ones_own_name_has_no_fault(walk: Callable[..., Walker], language: str) -> None:
    staff, judge = walk(), walk()
    staff.enter("registrar@demo.example", language=language, then=f"/{language}/staff/")
    staff.press(COHORT)
    staff.go(staff.path + "names/")
    staff.press("main form .btn >> nth=0")
    judge.enter("judge@demo.example", language=language)
    judge.go(f"/{language}/my-learning/")
    judge.press("main .notice a[href*='/name/'] >> nth=0")
    found = judge.faults()
    judge.page.fill("main [name=name]:not([type=hidden])", "山田")
    judge.press("main form:has(.form) .btn >> nth=0")
    assert found + judge.faults() == []
