"""A trainer hands in a file, looks it over, and takes what they want; nothing else changes the bank."""

import io
import zipfile
from base64 import b64encode
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from assessments import exporting
from assessments.importing import pending
from assessments.interchange import read
from assessments.models import (
    ImportedQuestion,
    Option,
    Question,
    QuestionImport,
    QuestionMedia,
    QuestionVersion,
)
from assessments.models.files import exam_storage
from tests.assessments.interchange.making import PNG

pytestmark = pytest.mark.django_db

GIFT = b"""::First:: Who pays? {=The state#Yes. ~The victim#No.}

::Second:: Consent is irrelevant. {T}

::Third:: How many elements? {#3}
"""
PICTURED = f"""<?xml version="1.0"?><quiz>
<question type="category"><category><text>$course$/top/Law</text></category></question>
<question type="multichoice"><name><text>Pictured</text></name>
<questiontext format="html">
<text><![CDATA[<p>What is <img src="@@PLUGINFILE@@/a%20b.png" alt="x">?</p>]]></text>
<file name="a b.png" path="/" encoding="base64">{b64encode(PNG).decode()}</file></questiontext>
<generalfeedback format="html"><text>Read it.</text></generalfeedback>
<defaultgrade>2</defaultgrade><penalty>0.3333333</penalty><single>true</single><shuffleanswers>1</shuffleanswers>
<correctfeedback format="html"><text>Well done.</text></correctfeedback>
<answer fraction="100" format="html"><text>A act</text>
<feedback format="html"><text>Yes.</text></feedback></answer>
<answer fraction="-50" format="html"><text>A means</text>
<feedback format="html"><text>No.</text></feedback></answer>
<hint format="html"><text>Think.</text><clearwrong/></hint>
<tags><tag><text>elements</text></tag></tags></question>
<question type="calculated"><name><text>Sum</text></name>
<questiontext><text>x</text></questiontext></question>
</quiz>""".encode()


@pytest.fixture
def client(trainer, browse):
    return browse(trainer)


def handed_in(client, content, name="questions.txt", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("bank:import"), {"file": file, "language": "en", **fields})


def took(client, found, category, *places, go="take"):
    data = {"shown": [1, 2, 3, 4, 5], "pick": places, "category": category.pk, "go": go}
    return client.post(reverse("bank:import_one", args=[found.key]), data)


def test_a_file_is_looked_over_and_taken_into_the_bank(client, category, trainer):
    answer = handed_in(client, GIFT)
    found = QuestionImport.objects.get()
    assert answer.url == reverse("bank:import_one", args=[found.key])
    page = client.get(answer.url).text
    for words in ("Who pays?", "The victim", "Consent is irrelevant.", "How many elements?", "Import these"):
        assert words in page
    assert not Question.objects.exists()
    answer = took(client, found, category, 1, 3)
    assert "2 questions are in the bank" in client.get(answer.url).text
    questions = Question.objects.order_by("pk")
    assert [(one.name, one.status, one.category) for one in questions] == [
        ("First", "draft", category),
        ("Third", "draft", category),
    ]
    version = questions[0].versions.get()
    assert (version.kind, version.stem_en, version.text_form) == ("single", "Who pays?", "plain")
    assert version.created_by == trainer
    options = [(one.text_en, one.correct, one.feedback_en) for one in version.of_role("option")]
    assert options == [("The state", True, "Yes."), ("The victim", False, "No.")]
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"import_handed_in", "import_confirmed", "questions_imported", "question_written"} <= set(verbs)


def test_no_category_has_to_be_chosen_to_turn_the_page_or_to_remove_an_import(client):
    answer = handed_in(client, GIFT)
    # else browsers hold back every button of the form until there is a category
    page = client.get(answer.url).text
    assert 'name="category"' in page
    assert " required" not in page.partition('id="choose"')[2]
    client.post(answer.url, {"go": "remove"})
    assert not QuestionImport.objects.exists()


def test_a_double_click_imports_once(client, category):
    handed_in(client, GIFT)
    found = QuestionImport.objects.get()
    took(client, found, category, 1)
    took(client, found, category, 1, 2, 3)
    assert Question.objects.count() == 1
    pending.carry_on(key=found.key)
    assert Question.objects.count() == 1


def test_pictures_wait_are_shown_and_go_with_the_question(
    client, category, make_person, browse, django_capture_on_commit_callbacks
):
    handed_in(client, PICTURED, "moodle.xml")
    found = QuestionImport.objects.get()
    page = client.get(reverse("bank:import_one", args=[found.key])).text
    waiting = reverse("bank:import_media", args=[found.key, 1, "a b.png"])
    assert f'src="{waiting}"' in page
    answer = client.get(waiting)
    assert (answer.headers["Content-Type"], answer.getvalue()) == ("image/png", PNG)
    assert "Calculated questions cannot be imported" in page
    assert "Marks below zero for a wrong option were taken as zero." in page
    other = browse(make_person("other@example.org", Role.TRAINER))
    assert other.get(waiting).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        took(client, found, category, 1)
    media = QuestionMedia.objects.get()
    assert (media.name, media.content_type, media.file.read()) == ("a b.png", "image/png", PNG)
    assert not exam_storage().exists(f"imports/{found.key}/{media.sha256}")
    version = QuestionVersion.objects.get()
    shown = client.get(reverse("assessments:media", args=[version.pk, "a b.png"]))
    assert (shown.headers["Content-Type"], shown.getvalue()) == ("image/png", PNG)
    assert version.marking["weight"] == "2"
    assert list(version.question.tags.values_list("name", flat=True)) == ["elements"]
    assert [one.role for one in version.options.all()] == ["option", "option", "when_right", "hint"]


def test_moodle_to_bank_to_moodle_keeps_text_marks_feedback_and_images(client, category):
    handed_in(client, PICTURED, "moodle.xml")
    took(client, QuestionImport.objects.get(), category, 1)
    query = {"category": str(category.key), "form": "moodle_xml"}
    answer = client.get(reverse("bank:export_file"), query)
    assert answer.headers["Content-Type"] == "application/xml"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    before = next(iter(read(io.BytesIO(PICTURED)))).content()
    [after] = [entry.content() for entry in read(io.BytesIO(answer.content))]
    kept = ("stem", "options", "spec", "feedback", "when_right", "hints", "media", "weight", "penalty")
    for name in (*kept, "tags", "name", "shuffle"):
        assert getattr(after, name) == getattr(before, name), name


@pytest.mark.parametrize("form", ["moodle_xml", "qti", "sheet", "gift"])
def test_what_was_exported_comes_in_again_the_same(client, category, make_question, form):
    make_question("single", feedback_en="In general.")
    query = {"category": str(category.key), "form": form}
    page = client.get(reverse("bank:export"), query).text
    assert "1 question" in page
    written = client.get(reverse("bank:export_file"), query)
    handed_in(client, written.content, "any.name")
    found = QuestionImport.objects.get()
    if form == "sheet":
        # the same question is in the bank, so it is not chosen
        assert "In the bank already" in client.get(reverse("bank:import_one", args=[found.key])).text
        assert not ImportedQuestion.objects.get().chosen
    took(client, found, category, 1)
    old, new = QuestionVersion.objects.order_by("pk")
    assert (new.stem_en, new.kind, new.feedback_en, new.text_form) == (
        old.stem_en,
        old.kind,
        old.feedback_en,
        old.text_form,
    )
    said = [[(o.text_en, o.correct, o.fraction) for o in one.of_role("option")] for one in (old, new)]
    assert said[0] == said[1]


def test_the_empty_spreadsheet_can_be_filled_in_and_read(client):
    answer = client.get(reverse("bank:template"))
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    assert "There are no questions in this file." in handed_in(client, answer.content, "q.xlsx").text


def test_losses_of_an_export_are_named(client, category, make_kind):
    make_kind("scenario")
    Option.objects.create(version=QuestionVersion.objects.get(), role="hint", text_en="Think.")
    page = client.get(reverse("bank:export"), {"category": str(category.key), "form": "gift"}).text
    assert "Questions of the kind “Scenario on the bench” cannot be written in this format." in page


def test_more_than_a_file_holds_is_said_and_not_left_out_in_silence(client, category, make_kind, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 2)
    asked = {"form": "gift", "category": category.key}
    for count, said in ((2, False), (1, True)):
        for _ in range(count):
            make_kind("true_false")
        page = client.get(reverse("bank:export"), asked).text
        assert ("A file holds at most 2 questions." in page) is said


def test_what_is_being_taken_in_is_not_said_to_be_removed(client, category):
    handed_in(client, GIFT)
    QuestionImport.objects.update(state="taking")
    found = QuestionImport.objects.get()
    page = took(client, found, category, go="remove")
    assert page.url == reverse("bank:import_one", args=[found.key])
    assert QuestionImport.objects.exists()


def test_choices_are_kept_from_page_to_page(client, category):
    many = b"\n\n".join(b"::Q%d:: Is %d true? {T}" % (n, n) for n in range(1, 31))
    handed_in(client, many)
    found = QuestionImport.objects.get()
    url = reverse("bank:import_one", args=[found.key])
    answer = client.post(url, {"shown": range(1, 21), "pick": [1, 2], "go": "page:2"})
    assert answer.url == f"{url}?page=2"
    assert "12 questions are chosen" in client.get(answer.url).text
    data = {"shown": range(21, 31), "pick": [30], "category": category.pk, "go": "take"}
    client.post(answer.url, data)
    assert sorted(Question.objects.values_list("name", flat=True)) == ["Q1", "Q2", "Q30"]


def test_the_category_is_named_before_anything_comes_in(client, category):
    handed_in(client, GIFT)
    found = QuestionImport.objects.get()
    answer = client.post(reverse("bank:import_one", args=[found.key]), {"go": "take"})
    assert "Choose the category into which the questions go." in answer.text
    answer = client.post(
        reverse("bank:import_one", args=[found.key]), {"go": "none", "shown": [1], "pick": [1]}
    )
    assert "Choose at least one question." in took(client, found, category).text
    assert not Question.objects.exists()


def test_an_import_is_its_trainers_alone_and_goes_after_a_week(
    client, make_person, browse, django_capture_on_commit_callbacks
):
    handed_in(client, PICTURED, "moodle.xml")
    found = QuestionImport.objects.get()
    url = reverse("bank:import_one", args=[found.key])
    other = browse(make_person("other@example.org", Role.TRAINER))
    assert other.get(url).status_code == other.post(url, {"go": "remove"}).status_code == 404
    assert pending.tend() == 0
    QuestionImport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert pending.tend() == 1
    assert not QuestionImport.objects.exists()
    folders, names = exam_storage().listdir(f"imports/{found.key}")
    assert (folders, names) == ([], [])


def test_queries_do_not_grow_with_the_questions(
    client, category, make_question, django_assert_max_num_queries
):
    counted = []
    for size in (2, 18):
        content = b"\n\n".join(b"::Q%d:: Is %d true? {T}" % (n, n) for n in range(size))
        answer = handed_in(client, content)
        with django_assert_max_num_queries(16) as asked:
            client.get(answer.url)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_large_file_is_read_by_a_task_that_tells_how_far_it_is(
    client, category, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    content = b"\n\n".join(b"::Q%d:: Is %d true? {T}" % (n, n) for n in range(1, 4001))
    with django_capture_on_commit_callbacks(execute=True):
        answer = handed_in(client, content)
    found = QuestionImport.objects.get()
    assert found.state == "waiting"
    page = client.get(answer.url).text
    assert 'data-waits="3"' in page
    assert "0 questions read" in page
    pending.carry_on(key=found.key)
    assert "The file holds 4,000 questions." in client.get(answer.url).text


def test_true_and_false_keep_their_words_where_only_feedback_was_given(client, category):
    handed_in(client, b"Consent is irrelevant. {T#Wrong.#Right.}")
    found = QuestionImport.objects.get()
    page = client.get(reverse("bank:import_one", args=[found.key])).text
    assert ">True<" in page
    assert ">False<" in page
