"""A judge with a telephone of 360 pixels: no page has to be moved sideways."""

from collections.abc import Callable

import pytest

from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "device_scale_factor": 2}
PLAIN_PAGES = ["/", "/courses/", "/help/", "/privacy/", "/accessibility/", "/verify/", "/people/profile/"]


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_judge_learns_and_answers_on_a_narrow_screen(walk: Callable[..., Walker], language: str) -> None:
    judge = walk(fits=True, **PHONE)
    judge.enter("phone@example.org" if language == "es" else "arabic@example.org", language=language)
    for path in PLAIN_PAGES:
        judge.go(f"/{language}{path}")
    course = f"/{language}/courses/trafficking-smuggling/"
    judge.go(course)
    judge.press(".enrol form button.btn")
    language = judge.language  # the course opens in the language that was chosen for it
    course = f"/{language}/courses/trafficking-smuggling/"
    for lesson in ("two-protocols", "act-means-purpose", "trafficking-or-smuggling"):
        judge.go(f"{course}foundations/{lesson}/")
    judge.page.tap("[data-outline-open]")
    judge.page.wait_for_selector("#outline", state="visible")
    judge.page.tap("[data-outline-close]")
    judge.press("form.spread button.btn")
    judge.press("main form button.btn")
    judge.answer_all(wrong=1)
    judge.hand_in()
    judge.go(f"/{language}/my-learning/")
