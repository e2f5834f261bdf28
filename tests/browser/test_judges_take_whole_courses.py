"""Both courses from their first page to the certificate in Spanish, and one in Arabic.

The course on trafficking in Spanish is walked in `test_judge_in_spanish`, from the invitation on.
"""

from collections.abc import Callable

import pytest

from tests.browser.serving import Server
from tests.browser.taking import see_the_certificate, take_everything
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TRAFFICKING, BIAS = "trafficking-smuggling", "judging-without-bias"
# the item after which both directions were seen: the first module is in Arabic, the last is not
WALKS = [
    ("typist@example.org", "es", BIAS, 22, "es"),
    ("arabic@example.org", "ar", TRAFFICKING, 26, "es"),
]


@pytest.mark.parametrize(("email", "language", "course", "things", "certificate"), WALKS)
def test_a_judge_takes_a_course_from_the_first_page_to_the_certificate(
    walk: Callable[..., Walker],
    server: Server,
    email: str,
    language: str,
    course: str,
    things: int,
    certificate: str,
) -> None:
    judge = walk(accept_downloads=True)
    judge.enter(email, language=language)
    judge.go(f"/{language}/courses/{course}/")
    judge.press(".enrol form button.btn")
    judge.press(".enrol a.btn")
    directions: dict[str, str | None] = {}

    def look(_step: int) -> None:
        assert judge.page.get_attribute("html", "lang") == language
        for article in judge.page.locator("article.prose").all():
            directions[judge.path.split("/")[4]] = article.get_attribute("dir")

    steps = take_everything(judge, at_step=look)
    assert len(steps) == things
    assert all(path.startswith(f"/{language}/") for path in steps)
    if language == "ar":
        # what is translated reads as the page does; what is not keeps its own direction
        assert list(directions.values())[0] is None
        assert list(directions.values())[-1] == "ltr"
    number = see_the_certificate(judge, certificate)
    rows = server.rows("SELECT number FROM certificates_certificate WHERE number = ?", number)
    assert len(rows) == 1
