"""A translator with a keyboard and no script: a question is begun, mended, finished; the next one follows."""

from collections.abc import Callable

import pytest

from tests.browser.serving import Server
from tests.browser.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NEWEST = """
    SELECT v.number, v.is_draft, v.passage_bn FROM assessments_questionversion v
    JOIN assessments_question q ON q.id = v.question_id
    WHERE replace(q.key, '-', '') = ? ORDER BY v.number DESC LIMIT 1
"""


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_translator_works_through_the_bank_with_the_keyboard_alone(
    language: str, walk: Callable[..., Walker], server: Server
) -> None:
    translator = walk(java_script_enabled=False)
    translator.sign_in("translator@demo.example", language=language, then=f"/{language}/bank/")
    translator.go(f"/{language}/bank/?kind=gap&language=-bn&sort=category")
    # each journey has a question of its own
    enter(translator, f"main tbody a[href$='/translate/bn/'] >> nth={('es', 'ar').index(language)}")
    here, key = translator.path, translator.path.split("/")[3].replace("-", "")
    before = newest(server, key)
    page = translator.page
    enter(translator, "button[value='copy:passage']")
    passage = page.input_value("[name='t-passage']")
    assert "{{" in passage

    write(translator, "t-stem", "শূন্যস্থান পূরণ করুন।")
    write(translator, "t-passage", "এখানে কোনো শূন্যস্থান নেই।")
    enter(translator, "button[value=finish]")
    assert page.locator("#problems a").count() == 1
    assert page.input_value("[name='t-stem']") == "শূন্যস্থান পূরণ করুন।", "nothing typed is lost"
    assert newest(server, key) == before

    write(translator, "t-passage", passage)
    enter(translator, "button[value=save]")
    draft = newest(server, key)
    assert (draft["number"], draft["is_draft"], draft["passage_bn"]) == (before["number"] + 1, 1, passage)
    enter(translator, "button[value=next]")
    assert translator.path.endswith("/translate/bn/")
    assert translator.path != here
    assert newest(server, key) == {**draft, "is_draft": 0}


def write(translator: Walker, name: str, words: str) -> None:
    """Type over what stands in a field."""
    translator.page.focus(f"[name='{name}']")
    translator.page.keyboard.press("Control+A")
    translator.page.keyboard.insert_text(words)


def enter(translator: Walker, selector: str) -> None:
    """Press a link or a button with the keyboard, and wait for its page."""
    translator.page.focus(selector)
    with translator.page.expect_navigation():
        translator.page.keyboard.press("Enter")


def newest(server: Server, key: str) -> dict[str, object]:
    """The newest version of a question."""
    (found,) = server.rows(NEWEST, key)
    return dict(found)
