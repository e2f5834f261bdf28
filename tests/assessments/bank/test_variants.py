"""Writing a case in variants: the second one made, more of them, what differs, one taken out."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models.deletion import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from assessments import media, variants
from assessments.attempts import start
from assessments.bank import store_version
from assessments.copying import copy_question
from assessments.differences import differences
from assessments.keys import spec_of
from assessments.models import Category, Question, QuestionVersion, Tag, Vignette, VignetteAssignment
from assessments.papers import SlotSpec
from assessments.scoring import check_key
from tests.assessments.conftest import quiz_of
from tests.questions import EVERY_KIND

from .filling import sent

pytestmark = pytest.mark.django_db
WORDS = {"name": "Bail", "attribute": "The sex of the accused"}


def page_of(question, name="variants"):
    return reverse(f"bank:{name}", args=[question.key])


def newest(question):
    return question.versions.prefetch_related("options").latest("number")


@pytest.fixture
def case(make_question, trainer):
    """A case in two variants, the second a draft."""
    first = make_question().question
    variants.make_second(question=first, actor=trainer, **WORDS)
    return Vignette.objects.get()


@pytest.fixture
def second(case):
    return case.variants.get(variant="B")


def put_to(person, vignette):
    quiz = quiz_of(slots=(SlotSpec(vignette_key=vignette.key),))
    return start(person=person, quiz=quiz, language="en", jurisdiction="")


def make_ready(question, author, **texts):
    version = newest(question)
    for name, words in texts.items():
        setattr(version, name, words)
    return store_version(version=version, about={"status": "ready"}, author=author)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_copy_says_the_same_and_is_marked_alike_under_keys_of_its_own(kind, make_kind, trainer):
    version = make_kind(kind)
    copied = copy_question(question=version.question, author=trainer)
    first, other = newest(version.question), newest(copied)
    assert not {one.key for one in first.options.all()} & {one.key for one in other.options.all()}
    check_key(kind, spec_of(other))
    assert [one.belongs_to != "" for one in first.options.all()] == [
        one.belongs_to != "" for one in other.options.all()
    ]
    assert (copied.status, other.is_draft, other.number) == ("draft", True, 1)
    assert (bool(differences(first, other)), variants.compared(first, other)) == (first.options.exists(), [])


def test_a_copy_takes_law_texts_pictures_and_what_is_known_of_translations_along(make_question, trainer):
    version = make_question(stem_ar="ما الركن؟", reason_fr="Parce que.")
    keys = [str(one.key) for one in version.options.all()]
    law = {"MX": [{"citation": "Art. 1", "options": {keys[0]: "1", keys[1]: "0"}}]}
    known = {"es": {f"{keys[0]}.text": "Before"}}
    QuestionVersion.objects.filter(pk=version.pk).update(
        marking={"jurisdictions": law}, translated_from=known
    )
    Question.objects.filter(pk=version.question_id).update(difficulty="hard", objective="A1.2", name="Bail")
    version.question.tags.add(Tag.objects.create(name="consent"))
    media.file_of(question=version.question, name="a.png", content=b"\x89PNG").save()
    copied = copy_question(question=Question.objects.get(), author=trainer)
    other = newest(copied)
    theirs = [str(one.key) for one in other.options.all()]
    assert other.marking["jurisdictions"]["MX"][0]["options"] == {theirs[0]: "1", theirs[1]: "0"}
    assert other.translated_from == {"es": {f"{theirs[0]}.text": "Before"}}
    assert (other.stem_ar, other.reason_fr) == ("ما الركن؟", "Parce que.")
    assert (copied.difficulty, copied.objective, copied.name) == ("hard", "A1.2", "Bail")
    assert [tag.name for tag in copied.tags.all()] == ["consent"]
    assert copied.media.get().file.read() == b"\x89PNG"
    # what is asked of the first stays as it was
    assert newest(version.question).marking == {"jurisdictions": law}


def test_the_second_variant_is_made_once_however_often_the_form_is_sent(trainer, browse, make_question):
    version, client = make_question(), browse(trainer)
    page = client.get(page_of(version.question)).text
    assert "Make the second variant" in page
    refused = client.post(page_of(version.question), {"name": "", "attribute": "", "do": "make"})
    assert "Give the case a name." in refused.text
    assert not Vignette.objects.exists()
    for _ in range(2):
        done = client.post(page_of(version.question), WORDS | {"do": "make"})
        other = Question.objects.get(variant="B")
        assert done.url == page_of(other, "edit")
    vignette = Vignette.objects.get()
    assert (vignette.name_en, vignette.attribute_en) == (WORDS["name"], WORDS["attribute"])
    assert vignette.category == version.question.category
    assert [one.variant for one in vignette.variants.order_by("variant")] == ["A", "B"]
    assert AuditEntry.objects.filter(verb="vignette_made").count() == 1
    assert AuditEntry.objects.filter(verb="variant_added").count() == 2
    assert "Bail" in client.get(page_of(version.question, "question")).text


def test_another_variant_is_a_copy_of_the_first_and_gets_one_letter_once(case, second, trainer, browse):
    first, client = case.variants.get(variant="A"), browse(trainer)
    make_ready(second, trainer, stem_en="Another sentence?")
    for _ in range(2):
        done = client.post(page_of(second), {"do": "add:C"})
        assert done.url == page_of(Question.objects.get(variant="C"), "edit")
    assert newest(Question.objects.get(variant="C")).stem_en == newest(first).stem_en
    for letter in "DEFGH":
        client.post(page_of(first), {"do": f"add:{letter}"})
    assert case.variants.count() == 8
    page = client.get(page_of(first)).text
    assert "A case has eight variants at most." in page
    assert "Add another variant" not in page
    for letter in ("I", "", "AB"):
        client.post(page_of(first), {"do": f"add:{letter}"})
    assert case.variants.count() == Question.objects.count() == 8


def test_the_page_asks_as_few_queries_for_eight_variants_as_for_two(case, trainer, browse):
    first, client, asked = case.variants.get(variant="A"), browse(trainer), []
    for letters in ("", "CDEFGH"):
        for letter in letters:
            variants.add(vignette=case, question=first, letter=letter, actor=trainer)
        client.get(page_of(first))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(first))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_page_says_in_what_a_variant_differs_and_which_are_not_ready(case, second, trainer, browse):
    client = browse(trainer)
    assert "1 variant is not ready" in client.get(page_of(second)).text
    assert "Nothing differs yet" in client.get(page_of(second), {"with": "B"}).text
    make_ready(second, trainer, stem_en="Which factor?")
    page = client.get(page_of(second), {"with": "B"}).text
    assert "not ready" not in page
    assert "<del>element?</del>" in page
    assert "<ins>factor?</ins>" in page
    # nothing else: the options are alike, though their keys are not
    assert page.count("<del>") == 1


def test_only_variants_that_are_ready_are_given(case, second, trainer, make_person):
    people = [make_person(f"{number}@example.org") for number in range(4)]
    before = {put_to(person, case).paper.slots[0].variant for person in people[:2]}
    make_ready(second, trainer)
    after = {put_to(person, case).paper.slots[0].variant for person in people[2:]}
    assert (before, after) == ({"A"}, {"B"})


def test_name_and_what_differs_are_corrected_in_the_source_language(case, second, trainer, browse):
    Vignette.objects.update(name_es="Fianza")
    said = {"name": "Release on bail", "attribute": "Who was accused"}
    # on a screen in another language, too
    assert browse(trainer).post(page_of(second).replace("/en/", "/fr/"), said).status_code == 302
    vignette = Vignette.objects.get()
    assert (vignette.name_en, vignette.name_es, vignette.name_fr) == ("Release on bail", "Fianza", None)
    assert AuditEntry.objects.filter(verb="vignette_changed").count() == 1


def test_a_variant_that_somebody_was_given_stays(case, trainer, judge, browse):
    first, client = case.variants.get(variant="A"), browse(trainer)
    put_to(judge, case)
    assert "Given to learners, so it stays" in client.get(page_of(first)).text
    done = client.post(page_of(first), {"do": "take_out:A"}, follow=True)
    assert "A learner was given this variant" in done.text
    assert VignetteAssignment.objects.get().variant.variant == "A"


def test_variants_are_taken_out_and_the_last_takes_the_case_along(case, second, trainer, browse):
    first, client = case.variants.get(variant="A"), browse(trainer)
    done = client.post(page_of(first), {"do": "take_out:B"}, follow=True)
    assert "There is one variant only" in done.text
    second.refresh_from_db()
    assert (second.vignette, second.variant) == (None, "")
    # a button that is pressed twice finds nothing
    assert client.post(page_of(first), {"do": "take_out:B"}).status_code == 404
    done = client.post(page_of(first), {"do": "take_out:A"}, follow=True)
    assert "Make the second variant" in done.text
    assert not Vignette.objects.exists()
    assert AuditEntry.objects.filter(verb="variant_taken_out").count() == 2


def test_the_last_variant_of_a_case_that_a_quiz_asks_for_stays(case, second, trainer, browse, monkeypatch):
    def asked_by_a_quiz(vignette):
        raise ProtectedError("a line of a quiz", {vignette})

    monkeypatch.setattr(Vignette, "delete", asked_by_a_quiz)
    first, client = case.variants.get(variant="A"), browse(trainer)
    client.post(page_of(first), {"do": "take_out:B"})
    done = client.post(page_of(first), {"do": "take_out:A"}, follow=True)
    assert "A quiz asks for this case." in done.text
    assert [one.variant for one in case.variants.all()] == ["A"]


def test_nobody_but_who_edits_the_question_comes_to_its_variants(
    case, second, trainer, make_person, browse, legal_reviewer, judge, make_kind
):
    group = Group.objects.create(name="course 1")
    other = make_person("other@example.org", Role.TRAINER)
    own = Category.objects.create(slug="own", name_en="Own", course_code="TIP-101", editors=group)
    Question.objects.filter(pk=second.pk).update(category=own)
    first = case.variants.get(variant="A")
    for person in (trainer, other, legal_reviewer, judge):
        assert browse(person).get(page_of(second)).status_code == 404
        assert browse(person).post(page_of(second), {"do": "add:C"}).status_code == 404
    # the variant of others is named by its letter alone, and stays
    QuestionVersion.objects.filter(question=second).update(stem_en="A secret?")
    page = browse(other).get(page_of(first), {"with": "B"}).text
    assert "In a part of the bank that is not yours" in page
    assert "secret" not in page
    assert browse(other).post(page_of(first), {"do": "take_out:B"}).status_code == 404
    text = make_kind("description").question
    assert browse(trainer).get(page_of(text)).status_code == 404
    assert browse(trainer).get(reverse("bank:variants", args=[uuid.uuid4()])).status_code == 404
    assert case.variants.count() == 2


def test_the_editor_of_a_copy_makes_it_ready(case, second, trainer, browse):
    client = browse(trainer)
    page = client.get(page_of(second, "edit")).text
    done = client.post(page_of(second, "edit"), sent(page, **{"q-status": "ready"}) | {"do": "save"})
    assert done.status_code == 302
    assert [row.is_ready for row in variants.rows_of(case)] == [True, True]
