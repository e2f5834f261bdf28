"""Translating a question: every text of every kind, what may not be changed, and what becomes of versions."""

import uuid
from fractions import Fraction

import pytest

from accounts.models import AuditEntry
from assessments import translating
from assessments.attempts import start
from assessments.bank import store_version
from assessments.differences import content_of
from assessments.keys import spec_of
from assessments.models import Option, Question, QuestionVersion
from assessments.translating_sheet import Said, Sheet, begun_with_source
from assessments.translating_texts import texts_of, wordings_of
from tests.questions import EVERY_KIND, MARKING, OPTIONS
from translation.readiness import State

from .conftest import quiz_of

pytestmark = pytest.mark.django_db

LANGUAGE = "ar"


def said_of(version, words, *, keep=()):
    """What a page sends that shows this version, with these texts typed."""
    rows = Sheet(QuestionVersion.objects.get(pk=version.pk), LANGUAGE).rows
    return {
        row.text.name: Said(words.get(row.text.name, row.stored), row.seen, row.text.name in keep)
        for row in rows
    }


def in_arabic(version):
    """A translation of every text that keeps the marks of its source."""
    source = version.source_language
    return {text.name: f"ع {text.read(source)}" for text in texts_of(version) if text.read(source)}


def translated(version, words, actor, **more):
    return translating.translate(
        question=version.question, language=LANGUAGE, said=said_of(version, words), actor=actor, **more
    )


def newest(version):
    return translating.newest_of(Question.objects.get(pk=version.question_id))


def edited(version, trainer, *, as_draft=False, **texts):
    """The version as a trainer saves it with other words."""
    found = newest(version)
    found.options.set(list(found.options.all()))
    for name, words in texts.items():
        setattr(found, name, words)
    return store_version(version=found, about={}, author=trainer, as_draft=as_draft)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_text_of_every_kind_is_translated_and_neither_source_nor_key_is_touched(
    kind, make_kind, translator
):
    version = make_kind(kind, stem_es="")
    for row in version.options.all():
        Option.objects.filter(pk=row.pk).update(feedback_en="Because.", text_es="", match_text_es="")
    before, words = QuestionVersion.objects.get(pk=version.pk), in_arabic(version)
    assert words
    sheet = translated(version, words, translator, finish=True)
    assert not sheet.has_faults
    stored = newest(version)
    assert {name: w["ar"] for name, w in wordings_of(stored).items() if w["en"]} == words
    assert {n: w["en"] for n, w in wordings_of(stored).items()} == {
        n: w["en"] for n, w in wordings_of(before).items()
    }
    assert Sheet(stored, LANGUAGE).missing == []
    spec, was = spec_of(stored), spec_of(before)
    for one in (spec, was):
        for entry in (one, *one.get("gaps", {}).values()):
            entry.pop("accepted", None)
            entry.get("unit", {}).pop("label", None)
    assert spec == was


def test_every_sort_of_piece_is_a_text(make_question):
    version = make_question(
        "scenario",
        marking={**MARKING["scenario"], "jurisdictions": {}},
        options=[
            *OPTIONS["scenario"],
            {"role": "hint", "text_en": "Think of the lawyer."},
            {"role": "when_wrong", "text_en": "Not so."},
            {"role": "marker_notes", "text_en": "Be kind."},
        ],
        reason_en="Because.",
        source_en="Art. 3",
        feedback_en="Done.",
    )
    titles = [text.title for text in texts_of(version)]
    assert titles == [
        "Question", "Situation 1", "Decision 1", "Decision 1: Its consequence", "Decision 2",
        "Decision 2: Its consequence", "Situation 2", "Decision 3", "Hint 1", "Reason", "Source",
        "General feedback", "Feedback when wrong", "Notes for markers",
    ]  # fmt: skip


def test_accepted_answers_are_one_text_for_each_share_and_country(make_question):
    version = make_question(
        "short",
        marking={
            "accepted": {"en": ["exploitation", {"text": "use", "fraction": "1/2"}], "es": ["explotación"]},
            "jurisdictions": {"MX": [{"citation": "Art. 10", "accepted": {"es": ["explotar"]}}]},
        },
    )
    by_name = {text.name: text for text in texts_of(version)}
    assert by_name["accepted"].read("en") == "exploitation"
    assert by_name["accepted:1/2"].read("en") == "use"
    assert by_name["MX.0.accepted"].read("es") == "explotar"
    by_name["accepted"].write("es", "explotación\n explotacion humana \n\nexplotación")
    by_name["accepted:1/2"].write("es", "uso")
    assert version.marking["accepted"]["es"] == [
        "explotación", "explotacion humana", {"text": "uso", "fraction": "1/2"},
    ]  # fmt: skip
    by_name["accepted"].write("es", "")
    by_name["accepted:1/2"].write("es", "")
    assert "es" not in version.marking["accepted"]
    assert "citation" not in " ".join(by_name)


def test_answers_that_are_equal_in_a_match_are_translated_once_and_stay_equal(make_kind, translator):
    version = make_kind("matching")
    answers = [text for text in texts_of(version) if text.name.endswith("match_text")]
    assert [text.read("en") for text in answers] == ["Act", "Means"]
    translated(version, {answers[0].name: "الفعل"}, translator, finish=True)
    assert [row.match_text_ar for row in newest(version).of_role("option")] == ["الفعل", None, "الفعل"]


def test_a_reply_to_a_number_or_to_any_answer_has_no_words_to_translate(make_question):
    reply = {"role": "reply", "text_en": "42", "feedback_en": "Too few."}
    number = make_question("numeric", marking={"value": "50"}, options=[reply])
    assert [text.label for text in texts_of(number)] == ["Question", "Feedback"]
    typed = make_question("short", marking=MARKING["short"], options=[{**reply, "text_en": "victim"}])
    assert [text.label for text in texts_of(typed)] == [
        "Question", "Accepted answers", "Who typed", "Feedback",
    ]  # fmt: skip


def test_lists_and_criteria_of_the_first_release_are_translated_too(make_question):
    gaps = {"1": {"options": {"a": "1", "b": "0"}, "texts": {"a": {"en": "act"}, "b": {"en": "means"}}}}
    gap = make_question("gap", marking={"gaps": gaps}, passage_en="The {{1}}.")
    by_name = {text.name: text for text in texts_of(gap)}
    by_name["gap.1.texts.b"].write("ar", "الوسيلة")
    assert gap.marking["gaps"]["1"]["texts"]["b"] == {"en": "means", "ar": "الوسيلة"}
    essay = make_question("essay", marking={"rubric": [{"text": {"en": "Says why"}, "points": "2"}]})
    assert [text.title for text in texts_of(essay)] == ["Question", "Criterion 1"]


HTML = '<p>Look.</p><p><img src="media:map.png" alt="A map"></p>'


def test_html_is_cleaned_keeps_its_pictures_and_describes_them(make_question, translator):
    version = make_question("description", stem_en=HTML, stem_es="", text_form="html", status="draft")
    assert [text.name for text in texts_of(version)] == ["stem", "stem@media:map.png"]
    sheet = translated(version, {"stem": "<p>انظر.</p>"}, translator)
    assert sheet.faulty[0].fault == "Keep the pictures of the source. Missing: map.png."
    typed = '<p onclick="x()">انظر.<script>x()</script></p><p><img src="media:map.png" alt="A map"></p>'
    sheet = translated(version, {"stem": typed, "stem@media:map.png": 'خريطة "1" & 2'}, translator)
    assert not sheet.has_faults
    stored = newest(version)
    assert stored.stem_ar == (
        '<p>انظر.</p><p><img src="media:map.png" alt="خريطة &quot;1&quot; &amp; 2"></p>'
    )
    assert Sheet(stored, LANGUAGE).rows[1].stored == 'خريطة "1" & 2'
    assert Sheet(stored, LANGUAGE).rows[0].shown == HTML.replace("media:", f"/en/quiz/media/{stored.pk}/")


def test_a_description_waits_for_the_text_with_its_picture(make_question, translator):
    version = make_question("description", stem_en=HTML, stem_es="", text_form="html", status="draft")
    sheet = translated(version, {"stem@media:map.png": "خريطة"}, translator)
    assert [row.fault for row in sheet.faulty] == ["Translate the text with the picture first."]


@pytest.mark.parametrize(
    ("kind", "passage", "fault"),
    [
        ("gap", "الرضا.", "Keep the gaps of the source, each once. Missing: {{1}}."),
        ("gap", "{{1}} {{1}}", "Write only the gaps of the source, each once, as the source writes them."),
        ("gap", "{{1}} {{ 2|x}}", "Write only the gaps of the source, each once, as the source writes them."),
        (
            "words",
            "هم {{1|جندوا}}",
            "Keep the words to be selected, each once",
        ),
        ("words", "{{1|a}} {{2|}} {{3|c}}", "Keep the words to be selected, each once"),
        ("words", "{{1|a}} {{2|b}} {{3|c}} {{4|d}}", "Mark only the words that the source marks, each once"),
    ],
)
def test_gaps_and_words_of_the_source_are_kept_each_once(kind, passage, fault, make_kind, translator):
    version = make_kind(kind)
    sheet = translated(version, {"passage": passage, "stem": "أي كلمة؟"}, translator)
    assert sheet.faulty[0].fault.startswith(fault)
    assert sheet.faulty[0].typed == passage
    # nothing is stored by halves
    assert newest(version).stem_ar is None


def test_gaps_and_words_may_stand_in_another_order(make_kind, translator):
    version = make_kind("words")
    assert not translated(version, {"passage": "{{3|ج}} {{2|ب}} {{1|ا}}"}, translator).has_faults


def test_an_accepted_answer_has_to_say_something(make_kind, translator):
    sheet = translated(make_kind("short"), {"accepted": "استغلال\n*"}, translator)
    assert sheet.faulty[0].text.name == "accepted"


def test_a_translation_of_what_quizzes_ask_is_a_draft_until_it_is_finished(make_question, judge, translator):
    version = make_question()
    start(person=judge, quiz=quiz_of(version), language="ar", jurisdiction="")
    seen = content_of(QuestionVersion.objects.get(pk=version.pk))
    for stem in ("أي", "أي عنصر؟"):
        translated(newest(version), {"stem": stem}, translator)
    draft = newest(version)
    assert (draft.number, draft.is_draft, draft.stem_ar) == (2, True, "أي عنصر؟")
    assert draft.created_by == translator
    assert QuestionVersion.objects.latest_to_put().get() == version
    translated(draft, {}, translator, finish=True)
    assert QuestionVersion.objects.latest_to_put().get() == draft
    # whoever has begun keeps what they saw
    assert content_of(QuestionVersion.objects.get(pk=version.pk)) == seen


def test_finishing_at_once_makes_one_version(make_question, translator):
    version = make_question()
    translated(version, {"stem": "أي عنصر؟"}, translator, finish=True)
    assert [(v.number, v.is_draft) for v in version.question.versions.order_by("number")] == [
        (1, False), (2, False),
    ]  # fmt: skip


def test_a_question_that_no_quiz_can_put_is_translated_in_place(make_question, translator):
    version = make_question(status="draft")
    translated(version, {"stem": "أي عنصر؟"}, translator)
    assert (newest(version).pk, newest(version).is_draft) == (version.pk, False)


def test_saving_nothing_makes_no_version(make_question, translator):
    version = make_question()
    translated(version, {}, translator)
    assert QuestionVersion.objects.get() == version


def test_a_draft_that_a_trainer_has_changed_is_translated_but_not_finished(
    make_question, trainer, translator
):
    version = make_question()
    draft = edited(version, trainer, as_draft=True, stem_en="Which of the elements?")
    assert not translating.may_be_finished(newest(version))
    translated(draft, {"stem": "أي عنصر؟"}, translator, finish=True)
    assert (newest(version).stem_ar, newest(version).is_draft) == ("أي عنصر؟", True)
    edited(version, trainer)
    assert QuestionVersion.objects.latest_to_put().get().stem_ar == "أي عنصر؟"


def test_a_draft_of_translations_alone_may_be_finished(make_kind, translator):
    for kind in EVERY_KIND:
        version = make_kind(kind)
        translated(version, in_arabic(version), translator)
        assert newest(version).is_draft, kind
        assert translating.may_be_finished(newest(version)), kind


def test_a_changed_source_makes_its_translation_stale_with_both_wordings_at_hand(
    make_question, trainer, translator
):
    version = make_question()
    translated(version, {"stem": "أي عنصر؟"}, translator, finish=True)
    edited(version, trainer, stem_en="Which means?")
    row = Sheet(newest(version), LANGUAGE).rows[0]
    assert (row.state, row.made_from, row.source) == (State.STALE, "Which element?", "Which means?")
    assert [(run.kind, run.words) for run in row.changes] == [
        ("same", "Which "), ("gone", "element?"), ("new", "means?"),
    ]  # fmt: skip
    # the Spanish text came with the English one, and is older now as well
    assert [(one.language, one.stale) for one in translating.overview(newest(version)) if one.stale] == [
        ("es", 1), ("ar", 1),
    ]  # fmt: skip


def test_a_stale_translation_is_current_when_it_was_changed_or_kept_on_purpose(
    make_question, trainer, translator
):
    version = make_question()
    translated(version, {"stem": "أي عنصر؟"}, translator, finish=True)
    edited(version, trainer, stem_en="Which means?")
    translated(newest(version), {}, translator, finish=True)
    assert Sheet(newest(version), LANGUAGE).stale, "saving the page says nothing of the text"
    count = QuestionVersion.objects.count()
    translating.translate(
        question=version.question,
        language=LANGUAGE,
        said=said_of(newest(version), {}, keep=("stem",)),
        actor=translator,
    )
    assert Sheet(newest(version), LANGUAGE).stale == []
    assert QuestionVersion.objects.count() == count, "nothing that learners read has changed"
    edited(version, trainer, stem_en="Which of these?")
    translated(newest(version), {"stem": "أي من هذه؟"}, translator, finish=True)
    assert Sheet(newest(version), LANGUAGE).stale == []
    assert newest(version).translated_from == {"es": {"stem": "Which element?"}}


def test_two_translators_do_not_overwrite_each_other(make_question, translator, trainer):
    version = make_question(status="draft")
    one, other = said_of(version, {"stem": "الأول"}), said_of(version, {"stem": "الثاني"})
    by = {"question": version.question, "language": LANGUAGE}
    assert not translating.translate(said=one, actor=translator, **by).has_faults
    sheet = translating.translate(said=other, actor=trainer, **by)
    assert "الأول" in sheet.faulty[0].fault
    assert sheet.faulty[0].typed == "الثاني"
    assert newest(version).stem_ar == "الأول"
    # the page that says so carries the new mark: saving again is on purpose
    again = other | {"stem": Said("الثاني", sheet.rows[0].seen, False)}
    assert not translating.translate(said=again, actor=trainer, **by).has_faults
    assert newest(version).stem_ar == "الثاني"


def test_what_others_have_translated_meanwhile_stays_where_one_wrote_nothing(
    make_question, translator, trainer
):
    version = make_question(status="draft")
    option = next(text.name for text in texts_of(version) if text.of == "Option 1")
    one, other = said_of(version, {"stem": "الأول"}), said_of(version, {option: "الفعل"})
    for said in (one, other):
        sheet = translating.translate(
            question=version.question, language=LANGUAGE, said=said, actor=translator
        )
        assert not sheet.has_faults
    stored = wordings_of(newest(version))
    assert (stored["stem"]["ar"], stored[option]["ar"]) == ("الأول", "الفعل")


def test_a_source_that_changed_while_one_was_translating_is_said(make_question, translator, trainer):
    version = make_question(status="draft")
    said = said_of(version, {"stem": "أي عنصر؟"})
    edited(version, trainer, stem_en="Which means?")
    sheet = translating.translate(question=version.question, language=LANGUAGE, said=said, actor=translator)
    assert sheet.faulty[0].fault.startswith("The source has changed while you were translating.")
    assert newest(version).stem_ar is None


def test_words_for_a_text_that_was_taken_out_meanwhile_are_not_lost(make_question, translator):
    version = make_question(status="draft")
    option = next(text for text in texts_of(version) if text.of == "Option 3")
    said = said_of(version, {option.name: "الغرض"})
    version.options.filter(key=uuid.UUID(option.name.partition(".")[0])).delete()
    sheet = translating.translate(question=version.question, language=LANGUAGE, said=said, actor=translator)
    assert sheet.left_over == ["الغرض"]


def test_one_begins_with_a_copy_of_the_source(make_kind):
    version = make_kind("gap")
    said = begun_with_source(version, said_of(version, {"stem": "أي"}), "passage")
    assert (said["passage"].words, said["stem"].words) == ("Consent is {{1}}.", "أي")


def test_translating_is_written_down_without_the_words(make_question, translator):
    version = make_question()
    translated(version, {"stem": "أي عنصر؟"}, translator)
    entry = AuditEntry.objects.get(verb="question_translated")
    assert (entry.actor, entry.data) == (translator, {"version": 2, "language": "ar"})


def test_points_of_criteria_are_out_of_reach(make_question, translator):
    options = [{"role": "criterion", "text_en": "Says why", "fraction": Fraction(2)}]
    version = make_question("essay", options=options, marking={})
    translated(version, in_arabic(version), translator, finish=True)
    assert [row.fraction for row in newest(version).of_role("criterion")] == [2]
