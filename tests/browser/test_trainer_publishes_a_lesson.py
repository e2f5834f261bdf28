"""A trainer writes a lesson in the editor; it is reviewed, published and read."""

from collections.abc import Callable, Iterator

import pytest

from tests.browser.serving import Server, serving
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "La carga de la prueba"
SENTENCE = "Quien acusa prueba cada elemento."
DESK = {"viewport": {"width": 1280, "height": 1000}}
MODULE = "/es/courses/trafficking-smuggling/foundations/"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    # what one worker publishes, the other has to show
    with serving(workers=2) as running:
        yield running


def test_a_trainer_writes_a_lesson_that_is_reviewed_published_and_read(
    walk: Callable[..., Walker], server: Server
) -> None:
    server.run("advance", email="plain@example.org", course="TIP-101", leave=[], language="es")
    learner, trainer = walk(**DESK), walk(**DESK)
    learner.enter("plain@example.org")
    trainer.enter("trainer@demo.example", then="/cms/")
    write(trainer, module=module_page(server))
    see_the_preview(trainer)
    edit = trainer.path
    assert learner_sees(learner) == "", "a draft is nobody's to read"
    submit(trainer)
    approve(walk(**DESK), "legal@demo.example", edit)
    assert learner_sees(learner) == "", "the law is checked, but nobody has approved it yet"
    approve(trainer, "", edit)
    assert SENTENCE in learner_sees(learner)


def module_page(server: Server) -> int:
    (row,) = server.rows(
        "SELECT id FROM pages_basepage WHERE url_path LIKE '%/trafficking-smuggling/foundations/'"
    )
    return int(row["id"])


def write(trainer: Walker, *, module: int) -> None:
    trainer.go(f"/cms/pages/{module}/")
    trainer.press(f"a[href='/cms/pages/{module}/add_subpage/'] >> nth=0")
    trainer.press("a[href*='/courses/lessonpage/']")
    page = trainer.page
    # by hand alone: whether a window behind another saves by itself in between is chance
    by_hand = "form => form.setAttribute('data-controller', 'w-init w-unsaved')"
    page.locator("#page-edit-form").evaluate(by_hand)
    page.fill("[name=title_es]", TITLE)
    page.fill("[name=minutes]", "10")
    page.click("[data-contentpath=body_es] .c-sf-add-button >> nth=0")
    page.click("[role=option]:has(use[href='#icon-pick'])")
    page.bring_to_front()  # a window behind another has no focus
    page.click("[data-contentpath=body_es] [contenteditable=true]")
    page.keyboard.type(SENTENCE)
    # the editor writes to its field a little later
    kept = "words => document.querySelector('[name=body_es-0-value-text]').value.includes(words)"
    page.wait_for_function(kept, arg=SENTENCE)
    trainer.press("footer button.action-save")
    assert page.url.endswith("/edit/"), page.inner_text("main")


def see_the_preview(trainer: Walker) -> None:
    trainer.page.click("[data-side-panel-toggle=preview]")
    frame = trainer.page.frame_locator("iframe[src*='preview'] >> nth=0")
    frame.get_by_text(SENTENCE).wait_for()
    assert frame.locator("h1").inner_text() == TITLE


def learner_sees(learner: Walker) -> str:
    """Return the new lesson as the learner reads it, or nothing while there is none in the outline."""
    learner.go(MODULE + "two-protocols/")
    link = learner.page.locator("#outline a", has_text=TITLE)
    if not link.count():
        return ""
    with learner.page.expect_navigation():
        link.click()
    assert learner.page.inner_text("h1") == TITLE
    return learner.page.inner_text("article.prose")


def submit(trainer: Walker) -> None:
    trainer.page.click("footer [data-w-dropdown-target=toggle] >> nth=0")
    trainer.press("button[name=action-submit]")
    assert trainer.page.locator("button[name=action-submit]").count() == 0


def approve(reviewer: Walker, email: str, edit: str) -> None:
    """Approve the step of the review that waits for this person."""
    if email:
        reviewer.enter(email, then="/cms/")
    reviewer.go(edit)
    reviewer.page.click("footer [data-w-dropdown-target=toggle] >> nth=0")
    button = "button[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])"
    reviewer.press(f"{button}:visible >> nth=0")
