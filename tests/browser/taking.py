"""Taking a course as its pages lead: lesson, quiz, next thing, until nothing is left."""

from collections.abc import Callable

from tests.browser.walking import Walker


def take_everything(judge: Walker, *, at_step: Callable[[int], None] = lambda _step: None) -> list[str]:
    """Do one thing after another until the course page says that all is done; return where it led.

    `at_step` is called with the number of things done before each.
    """
    seen: list[str] = []
    while judge.page.locator(".enrol").count() == 0:
        at_step(len(seen))
        seen.append(judge.path)
        if judge.page.locator("article.prose").count():
            judge.press("main form.spread button.btn")
        else:
            take_the_quiz(judge)
        assert judge.path not in seen, judge.page.inner_text("main")
    return seen


def take_the_quiz(judge: Walker) -> None:
    """Begin the quiz whose page is open, answer all rightly, hand in and go on."""
    judge.press("main form button.btn")
    judge.answer_all()
    judge.hand_in()
    assert judge.page.locator(".score .score__n").count() == 1, judge.page.inner_text("main")
    # A diagnostic test has a score and no pass mark, so neither word stands beside it.
    passed = 0 if judge.quiz_is_diagnostic() else 1
    assert judge.page.locator(".score .chip--ok").count() == passed, judge.page.inner_text("main")
    assert judge.page.locator(".score .chip--bad").count() == 0
    judge.press(".score a.btn >> nth=0")


def see_the_certificate(judge: Walker, language: str) -> str:
    """Open the certificate from the course page, take its PDF home; return its number."""
    judge.press(".enrol a[href*='/certificates/']")
    number = judge.path.split("/certificates/")[1].strip("/")
    with judge.page.expect_download() as waiting:
        judge.page.click(f"a[href$='/pdf/{language}/']")
    file = waiting.value
    assert file.path().read_bytes().startswith(b"%PDF-")
    assert number in file.suggested_filename
    return number
