"""The page on which a question is translated, the way to the next, and what the bank's list tells of it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from assessments.bank import store_version
from assessments.models import Category, Question, QuestionVersion
from assessments.translating import newest_of
from assessments.translating_texts import texts_of
from tests.questions import EVERY_KIND

from .bank.filling import sent

pytestmark = pytest.mark.django_db

LIST = "/en/bank/"


def page_of(version, language="ar"):
    return reverse("bank:translate", args=[version.question.key, language])


def newest(version):
    return newest_of(Question.objects.get(pk=version.question_id))


def saved(client, version, do="save", language="ar", **typed):
    """Open the page, type, and press a button."""
    said = sent(client.get(page_of(version, language)).text)
    return client.post(page_of(version, language), said | typed | {"do": do})


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_shows_every_text_with_its_source_and_its_learners_page(
    kind, translator, browse, make_kind
):
    version = make_kind(kind)
    page = browse(translator).get(page_of(version))
    for text in texts_of(version):
        assert f'name="t-{text.name}"' in page.text
        assert text.title in page.text
    assert page.text.count('lang="ar" dir="rtl"') >= len(texts_of(version))
    assert "As learners see it" in page.text
    # nothing of the key can be sent
    assert not {"q-stem", "q-category", "k-value", "do"} & sent(page.text).keys()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_the_page_shows_is_what_it_stores(kind, translator, browse, make_kind):
    version, client = make_kind(kind), browse(translator)
    answer = saved(client, version, **{"t-stem": "ما العنصر؟"})
    assert answer.status_code == 302
    assert newest(version).stem_ar == "ما العنصر؟"
    assert saved(client, version).status_code == 302
    assert QuestionVersion.objects.filter(question=version.question).count() == 2


def test_a_half_translated_question_is_kept_and_finished_later(translator, browse, make_question):
    version, client = make_question(), browse(translator)
    page = client.get(page_of(version)).text
    assert "Not translated" in page
    assert "0 of 4 texts are translated." in page
    saved(client, version, **{"t-stem": "ما العنصر؟"})
    page = client.get(page_of(version)).text
    assert "1 of 4 texts are translated." in page
    assert QuestionVersion.objects.latest_to_put().get() == version
    answer = saved(client, version, do="finish")
    assert answer.status_code == 302
    assert QuestionVersion.objects.latest_to_put().get().stem_ar == "ما العنصر؟"


def test_nothing_typed_is_lost_where_one_text_has_a_fault(translator, browse, make_kind):
    version, client = make_kind("gap"), browse(translator)
    typed = {"t-stem": "أكمل.", "t-passage": "الرضا.", "t-gap.1.accepted": "غير ذي صلة"}
    answer = saved(client, version, **typed)
    assert answer.status_code == 200
    for words in typed.values():
        assert words in answer.text
    assert "Missing: {{1}}." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert newest(version).pk == version.pk
    again = sent(answer.text) | {"t-passage": "الرضا {{1}}.", "do": "save"}
    assert client.post(page_of(version), again).status_code == 302
    stored = newest(version)
    assert (stored.stem_ar, stored.passage_ar) == ("أكمل.", "الرضا {{1}}.")
    assert stored.marking["gaps"]["1"]["accepted"] == {"en": ["irrelevant"], "ar": ["غير ذي صلة"]}


def test_the_preview_draws_what_stands_in_the_fields_and_stores_nothing(translator, browse, make_question):
    version, client = make_question(), browse(translator)
    for do in ("preview", "live"):
        page = saved(client, version, do=do, **{"t-stem": "ما العنصر؟"}).text
        assert "ما العنصر؟" in page.partition("As learners see it")[2]
        assert ("<html" in page) is (do == "preview")
    assert newest(version).stem_ar is None


def test_one_begins_with_a_copy_of_a_text_that_holds_marks(translator, browse, make_kind):
    version, client = make_kind("words"), browse(translator)
    page = client.get(page_of(version)).text
    assert "Begin with the source" in page
    page = saved(client, version, do="copy:passage", **{"t-stem": "أي"}).text
    said = sent(page)
    assert said["t-passage"] == ["They {{1|recruited}} and {{2|paid}} or {{3|deceived}} her."]
    assert said["t-stem"] == ["أي"]
    assert newest(version).passage_ar is None


def test_a_source_that_has_changed_is_shown_in_words_with_what_it_said(
    translator, trainer, browse, make_question
):
    version, client = make_question(stem_ar="ما العنصر؟"), browse(translator)
    version.options.set(list(version.options.all()))
    version.stem_en = "Which means?"
    store_version(version=version, about={}, author=trainer)
    page = client.get(page_of(version)).text
    assert "Source has changed" in page
    assert "Which <del>element?</del><ins>means?</ins>" in page.replace("</span>", "")
    count = QuestionVersion.objects.count()
    assert saved(client, version, **{"k-stem": "on"}).status_code == 302
    assert "Source has changed" not in client.get(page_of(version)).text
    assert QuestionVersion.objects.count() == count


def test_the_source_language_has_no_page_nor_has_an_unknown_one(translator, browse, make_question):
    version, client = make_question(), browse(translator)
    for language in ("en", "xx"):
        assert client.get(page_of(version, language)).status_code == 404
    assert client.get(reverse("bank:translate_next", args=["xx"])).status_code == 404


def test_translators_and_the_trainers_of_a_question_translate_it_and_nobody_else(
    translator, trainer, make_person, legal_reviewer, administrator, judge, registrar, browse, make_question
):
    group = Group.objects.create(name="course 1")
    trainer.groups.add(group)
    version = make_question()
    own = Category.objects.create(slug="own", name_en="Own", course_code="TIP-101", editors=group)
    Question.objects.update(category=own)
    other = make_person("other@example.org", Role.TRAINER)
    for person in (translator, trainer, administrator, other, legal_reviewer, judge, registrar):
        may = person in (translator, trainer, administrator)
        client = browse(person)
        assert (client.get(page_of(version)).status_code == 200) is may
        answer = client.post(page_of(version), {"do": "save", "t-stem": "x", "s-stem": "x"})
        assert (answer.status_code == 404) is not may
    page = browse(legal_reviewer).get(reverse("bank:question", args=[version.question.key])).text
    assert "Translations" in page
    assert page_of(version) not in page


def test_a_translator_who_sends_fields_of_the_key_changes_nothing(translator, browse, make_question):
    version, client = make_question(status="draft"), browse(translator)
    option = version.options.first()
    sly = {"t-marking": "x", f"t-{option.key}.correct": "1", "t-stem_en": "No.", "correct": "on"}
    answer = saved(client, version, **sly)
    assert answer.status_code == 200
    stored = newest(version)
    assert (stored.stem_en, stored.options.first().correct) == ("Which element?", False)


def test_one_goes_from_question_to_question_until_none_waits(translator, browse, make_question):
    full = {"stem_fr": "Quel élément ?"}
    options = [{"text_en": "The act", "text_fr": "L’acte", "correct": True}]
    make_question(**full, options=options, stem_es="")
    first, second = (make_question(options=options, stem_es="", stem_en=name) for name in ("One?", "Two?"))
    make_question(options=options, stem_en="Retired?", status="retired")
    client = browse(translator)
    start = client.get(reverse("bank:translate_next", args=["fr"]))
    assert start.url == page_of(first, "fr")
    answer = saved(client, first, do="next", language="fr", **{"t-stem": "Un ?"})
    assert answer.url == page_of(second, "fr")
    # what was left waits again at the end, but not the page where one stands
    answer = client.get(
        reverse("bank:translate_next", args=["fr"]), {"after": str(second.question.key)}, follow=True
    )
    assert "No other question waits for Français." in answer.text
    assert client.get(reverse("bank:translate_next", args=["fr"]), {"after": "x"}).status_code == 302


def test_the_list_finds_what_is_missing_and_what_has_changed(translator, trainer, browse, make_question):
    done = make_question(stem_en="Done?", stem_es="¿Hecho?", options=[{"text_en": "A", "text_es": "A"}])
    short = {"kind": "short", "stem_es": "¿Breve?", "stem_en": "Short?"}
    typed = make_question(**short, marking={"accepted": {"en": ["x"]}})
    said = make_question(
        "survey", stem_en="Said?", stem_es="¿Dicho?", options=[{"text_en": "A", "feedback_en": "B"}] * 2
    )
    done.options.set(list(done.options.all()))
    done.stem_en = "Done now?"
    store_version(version=done, about={}, author=trainer)
    client = browse(translator)

    def listed(**query):
        page = client.get(LIST, query).text.partition("<tbody>")[2]
        return {name for name in ("Done now?", "Short?", "Said?") if name in page}

    assert listed(translation="es") == {"Short?", "Said?"}
    assert listed(translation="~es") == {"Done now?"}
    assert listed(translation="fr") == {"Done now?", "Short?", "Said?"}
    assert listed(translation="en") == set()
    page = client.get(LIST).text
    for version, language in ((done, "es"), (typed, "es"), (said, "ar")):
        assert page_of(version, language) in page
    assert page.count("source changed</span>") == 1


def test_the_list_asks_as_few_queries_for_twenty_as_for_two(translator, browse, make_question):
    client, asked = browse(translator), []
    for count in (2, 18):
        for number in range(count):
            make_question(stem_en=f"Question {count} {number}?")
        client.get(LIST, {"translation": "ar"})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST, {"translation": "ar"}).text.count("<tr>") > count
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_asks_as_few_queries_for_twenty_texts_as_for_two(translator, browse, make_question):
    client, asked = browse(translator), []
    for count in (2, 20):
        options = [{"text_en": f"Option {n}", "correct": n == 0} for n in range(count)]
        version = make_question(options=options)
        client.get(page_of(version))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(version))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_of_a_question_tells_how_far_each_language_has_come(translator, browse, make_question):
    version = make_question(stem_ar="ما العنصر؟")
    page = browse(translator).get(reverse("bank:question", args=[version.question.key])).text
    assert page_of(version, "ar") in page
    assert page_of(version, "en") not in page
    assert "3 texts missing" in page
    assert "Not translated" in page
