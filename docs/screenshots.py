"""Draw the pictures of the guides from a running demo: `python docs/screenshots.py http://localhost:8000`.

Names after the address draw these pictures alone: `… http://localhost:8000 lesson editor`.

Signs in as each demo person and writes docs/images/*.png. Needs Chromium, like the browser tests. The
only trace it leaves in the demo is a quiz that the judge has begun and not handed in. A picture whose page
cannot be reached is named at the end, and the others are drawn all the same.
"""

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, FilePayload, Page, ViewportSize, sync_playwright

IMAGES = Path(__file__).parent / "images"
WINDOW: ViewportSize = {"width": 1280, "height": 800}
MOST_BYTES = 150_000
COLOURS = (256, 128, 64, 32)  # tried in turn until the picture is small enough
PATIENCE = 60_000  # ms: the first page of a new process takes longer
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COURSE = "/es/courses/trafficking-smuggling"
COHORT = "main table a:has-text('Judges 2026 B')"
# a file of another product: one question as it is, one whose marks have to be adapted, one left out
QUESTIONS = b"""<?xml version="1.0" encoding="UTF-8"?><quiz>
<question type="truefalse"><name><text>Consent of a child</text></name>
<questiontext format="html"><text>A girl of sixteen agreed to be taken abroad for work in a bar. Her consent
is relevant to whether she was trafficked.</text></questiontext>
<generalfeedback format="html"><text>Article 3 (c) of the Protocol.</text></generalfeedback>
<answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer></question>
<question type="multichoice"><name><text>Means</text></name>
<questiontext format="html"><text>Which of these is a means under Article 3 (a)?</text></questiontext>
<single>true</single>
<answer fraction="100"><text>Abuse of a position of vulnerability</text></answer>
<answer fraction="-25"><text>Payment of a fair wage</text></answer>
<answer fraction="-25"><text>Exploitation</text></answer></question>
<question type="calculated"><name><text>Days in detention</text></name>
<questiontext format="html"><text>{a} weeks are how many days?</text></questiontext></question>
</quiz>"""

Prepare = Callable[[Page], None]


def nothing(page: Page) -> None:
    """Take the page as it is."""


def to(selector: str, above: int = 24) -> Prepare:
    """Return a step that scrolls an element to `above` pixels below the top of what scrolls it."""

    def scroll(page: Page) -> None:
        found = page.locator(selector).first
        found.wait_for(state="attached")
        found.evaluate(
            "(part, above) => { part.style.scrollMarginTop = `${above}px`; part.scrollIntoView(); }", above
        )

    return scroll


def follow(selector: str, then: Prepare = nothing) -> Prepare:
    """Return a step that follows the first link or button found, and then does another."""

    def press(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()
        then(page)

    return press


def begin_quiz(page: Page) -> None:
    """Start the quiz, or go on with the one begun before, and stand on its first question."""
    page.locator("main form .btn").first.click()
    page.wait_for_url("**/quiz/*/*/")
    page.goto(page.url.rstrip("/").rpartition("/")[0] + "/1/")
    page.wait_for_load_state("networkidle")


def answer_offline(page: Page) -> None:
    """Answer with the line down, so that the answer waits."""
    begin_quiz(page)
    page.context.set_offline(True)
    field = page.locator("#quiz [data-sheet]").locator("select, .choice label, .spot label, .input").first
    match field.evaluate("field => field.localName"):
        case "select":
            field.select_option(index=1)
        case "label":
            field.click()
        case _:
            field.fill("beneficio")
    page.locator("[data-unsent]").wait_for(state="visible")
    page.locator(".saved--bad").wait_for()
    page.evaluate("scrollTo(0, 0)")


def back_online(page: Page) -> None:
    """Let what waits be sent."""
    page.context.set_offline(False)
    page.reload()
    page.wait_for_load_state("networkidle")


def hand_in_questions(page: Page) -> None:
    """Hand in a file to be imported, and see what was left out or adapted."""
    file: FilePayload = {"name": "questions.xml", "mimeType": "text/xml", "buffer": QUESTIONS}
    page.set_input_files("#id_file", file)
    page.locator("main form button").first.click()
    page.locator("button[value='take']").wait_for()
    page.locator("main details summary").first.click()  # what was left out or adapted


def press(selector: str) -> Prepare:
    """Return a step that presses what may not be there."""

    def pressed(page: Page) -> None:
        if page.locator(selector).count():
            with page.expect_navigation():
                page.locator(selector).first.click()

    return pressed


def verify(page: Page) -> None:
    """Read what others read who check this certificate."""
    page.goto(page.url.replace("/certificates/", "/verify/"))


def open_lesson_in_editor(page: Page) -> None:
    """Find the lesson among the pages by its title, open it, and go to its text."""
    page.locator("main a[href*='/cms/pages/'][href*='/edit/']").first.click()
    page.wait_for_load_state("networkidle")
    to("[data-contentpath^='body_']", above=80)(page)
    page.wait_for_timeout(1500)  # the editor builds its blocks after loading


@dataclass(frozen=True)
class Shot:
    """A picture: its name, who is signed in, where they are, what is done there first, and afterwards."""

    name: str
    person: str
    path: str
    prepare: Prepare = nothing
    afterwards: Prepare = nothing


SHOTS = (
    Shot("home", "", "/es/"),
    Shot("lesson", "judge", f"{COURSE}/foundations/act-means-purpose/"),
    Shot("law", "judge", f"{COURSE}/foundations/act-means-purpose/", to("main section[id^='law-']")),
    Shot("my-learning", "judge", "/es/my-learning/"),
    Shot("question", "judge", f"{COURSE}/smuggling/quiz/", begin_quiz),
    Shot("certainty", "judge", "/en/quiz/certainty/"),
    Shot("offline", "judge", f"{COURSE}/smuggling/quiz/", answer_offline, back_online),
    Shot(
        "result",
        "judge",
        "/es/courses/judging-without-bias/bias-and-the-judge/quiz/",
        follow("main a[href^='/es/quiz/']"),
    ),
    Shot("certificate", "judge", "/es/my-learning/", follow("main a[href*='/certificates/']")),
    Shot("verify", "judge", "/es/my-learning/", follow("main a[href*='/certificates/']", verify)),
    Shot("arabic", "qadi", "/ar/my-learning/"),
    Shot("untranslated", "translator", "/pt/courses/trafficking-smuggling/foundations/act-means-purpose/"),
    Shot("editor", "trainer", "/cms/pages/search/?q=Acto%2C+medio", open_lesson_in_editor),
    Shot("bank", "trainer", "/en/bank/"),
    Shot(
        "question-editor",
        "trainer",
        "/en/bank/?kind=single&language=en&sort=category",
        follow("main tbody th a", follow("main a[href$='/edit/']", to("main h1"))),
    ),
    Shot(
        "country-law",
        "trainer",
        "/en/law/questions/",
        follow("main tbody th a", follow("main section table a[href*='/law/']", to("main h1"))),
    ),
    Shot("import", "trainer", "/en/bank/import/", hand_in_questions, press("button[value='remove']")),
    Shot("marking", "trainer", "/en/quiz/marking/", follow("main table td a")),
    Shot("cohort", "registrar", "/en/staff/", follow(COHORT)),
    Shot(
        "figures",
        "registrar",
        "/en/staff/",
        follow(
            "main table a:has-text('Judges 2026 A')",
            follow(
                "main a[href*='/figures/courses/']", follow("main tbody tr:last-child th a", to("dl.stats"))
            ),
        ),
    ),
    Shot("exam", "registrar", "/en/staff/exams/", follow("main tr:has-text('with the code') th a")),
    Shot("ceremony", "registrar", "/en/staff/", follow(COHORT, follow("main a[href$='/ceremony/']"))),
    Shot("design", "registrar", "/en/staff/designs/", follow("main tbody th a")),
    Shot("learners", "registrar", "/en/staff/learners/?status=completed&language=es", to("h1")),
    Shot("learner", "registrar", "/en/staff/learners/?status=behind", follow("main tbody th a")),
)


def main(base: str, names: list[str]) -> None:
    """Draw the pictures with these names, or all, one person after the other."""
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    IMAGES.mkdir(exist_ok=True)
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise SystemExit("No Chromium was found.")
    password = _password()
    missed: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        for person in dict.fromkeys(shot.person for shot in wanted):
            theirs = [shot for shot in wanted if shot.person == person]
            missed += _draw(browser, base, theirs, password)
        browser.close()
    if missed:
        raise SystemExit("Not drawn:\n" + "\n".join(missed))


def _draw(browser: Browser, base: str, shots: list[Shot], password: str) -> list[str]:
    """Draw the pictures of one person; return those that could not be drawn, with the reason."""
    context = browser.new_context(base_url=base, viewport=WINDOW, locale="en", color_scheme="light")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if person := shots[0].person:
        _sign_in(page, person, password)
    missed = []
    for shot in shots:
        try:
            page.goto(shot.path)
            page.wait_for_load_state("networkidle")
            shot.prepare(page)
            page.wait_for_timeout(300)  # fonts and the marks of the outline settle
            size = _keep(shot.name, page.screenshot())
            shot.afterwards(page)
        except (Error, ValueError) as fault:
            missed.append(f"{shot.name}: {fault}".splitlines()[0])
            context.set_offline(False)
            continue
        sys.stdout.write(f"{shot.name}.png {size // 1000} kB\n")
        sys.stdout.flush()
    context.close()
    return missed


def _sign_in(page: Page, person: str, password: str) -> None:
    page.goto("/en/account/login/")
    page.fill("#id_login", f"{person}@demo.example")
    page.fill("#id_password", password)
    with page.expect_navigation():
        page.locator("main form button").first.click()


def _password() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    import django

    django.setup()
    from portal.demo.people import PASSWORD

    return PASSWORD


def _keep(name: str, png: bytes) -> int:
    """Store a picture with as few colours as it needs; return its size. Raises ValueError if too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in COLOURS:
        small = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= MOST_BYTES:
            (IMAGES / f"{name}.png").write_bytes(small.getvalue())
            return small.tell()
    raise ValueError(f"{name}.png stays above {MOST_BYTES} bytes.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000", sys.argv[2:])
