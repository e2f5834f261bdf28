"""The form of each kind: what it shows it stores, what is wrong is said, nothing typed is lost."""

import pytest
from django.urls import reverse

from assessments.choices import Kind
from assessments.differences import content_of
from assessments.models import Question, QuestionVersion
from tests.questions import EVERY_KIND

from .filling import sent

pytestmark = pytest.mark.django_db


def edit_of(version):
    return reverse("bank:edit", args=[version.question.key])


def new_of(kind):
    return reverse("bank:new", args=[kind])


@pytest.fixture
def written(trainer, browse, category):
    """Return a function that fills in the form of a new question and presses a button."""
    client = browse(trainer)

    def write(kind, do="save", **fields):
        page = client.get(new_of(kind)).text
        said = {"q-stem": "Which means?", "q-category": str(category.pk), **fields}
        return client.post(new_of(kind), sent(page, **said) | {"do": do})

    return write


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_the_form_shows_is_what_it_stores(kind, trainer, browse, make_kind):
    client, version = browse(trainer), make_kind(kind)
    before = content_of(version)
    page = client.get(edit_of(version))
    answer = client.post(edit_of(version), sent(page.text) | {"do": "save"})
    assert answer.status_code == 302
    if kind == "essay":
        # the guide of the first release becomes rows, with its words in every language
        stored = QuestionVersion.objects.get(number=2)
        assert stored.marking == {"minimum_words": 50}
        assert [(row.text_en, row.fraction) for row in stored.of_role("criterion")] == [("Says why", 2)]
    else:
        assert QuestionVersion.objects.count() == 1
        assert content_of(QuestionVersion.objects.get()) == before


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_shown_as_learners_see_it_before_it_is_stored(kind, trainer, browse, make_kind):
    client, version = browse(trainer), make_kind(kind, stem_en="What is asked here?", stem_es="¿Qué se pide?")
    said = sent(client.get(edit_of(version)).text, **{"q-stem": "Something else?", "try-language": "en"})
    page = client.post(edit_of(version), said | {"do": "live"}).text
    assert "Something else?" in page
    assert "<html" not in page
    spanish = client.post(edit_of(version), said | {"do": "live", "try-language": "es"}).text
    assert "¿Qué se pide?" in spanish
    assert 'lang="es"' in spanish
    version.refresh_from_db()
    assert version.stem_en == "What is asked here?"


WRITTEN = {
    "single": {"options-0-text": "Deceit", "options-0-correct": "on", "options-1-text": "The act"},
    "multiple": {"options-0-text": "Deceit", "options-0-correct": "on", "options-1-text": "The act"},
    "true_false": {"k-truth": "false", "k-said_true": "Read it again."},
    "matching": {
        "options-0-text": "He lied",
        "options-0-match_text": "Means",
        "options-1-match_text": "Purpose",
    },
    "ordering": {"options-0-text": "First aid", "options-1-text": "Interview"},
    "numeric": {"k-value": "133 000", "k-tolerance": "0,5", "k-label": "taka"},
    "short": {"accepted-0-text": "deceit", "accepted-0-language": "en", "k-accents": ["fr"]},
    "words": {"q-passage": "They {+recruited} and {paid} her."},
    "essay": {"k-minimum_words": "50", "criteria-0-text": "Cites the law", "criteria-0-fraction": "2"},
    "file": {"k-types": ".pdf\n.odt", "k-megabytes": "3", "k-most": "2"},
    "survey": {"options-0-text": "Unsure", "options-1-text": "Sure"},
    "description": {},
}
MARKING = {
    "true_false": {"answer": False},
    "numeric": {"value": "133000", "tolerance": "0.5", "unit": {"label": {"en": "taka"}}},
    "short": {"accepted": {"en": ["deceit"]}, "accents": {"fr": True}},
    "words": {"words": {"1": True, "2": False}},
    "essay": {"minimum_words": 50},
    "file": {"types": [".pdf", ".odt"], "largest": 3_000_000, "most": 2},
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_trainer_writes_a_question_of_each_kind(kind, written):
    answer = written(kind, **WRITTEN[kind])
    assert answer.status_code == 302
    version = QuestionVersion.objects.get()
    assert (version.kind, version.number, version.stem_en) == (kind, 1, "Which means?")
    assert version.marking == MARKING.get(kind, {})


def test_words_to_be_selected_keep_their_names_when_the_text_changes(trainer, browse, make_kind):
    client, version = browse(trainer), make_kind("words")
    page = client.get(edit_of(version)).text
    assert "They {+recruited} and {paid} or {+deceived} her." in page
    said = sent(page, **{"q-passage": "They {+abducted} or {+deceived} and {paid} her."})
    client.post(edit_of(version), said | {"do": "save"})
    stored = QuestionVersion.objects.get(number=2)
    assert stored.passage_en == "They {{4|abducted}} or {{3|deceived}} and {{2|paid}} her."
    assert stored.marking["words"] == {"4": True, "3": True, "2": False}


def test_gaps_follow_from_the_text_and_lists_hang_under_them(trainer, browse, category):
    client, address = browse(trainer), new_of("gap")
    stem = {"q-stem": "Fill in.", "q-category": str(category.pk), "q-passage": "It is {{1}} or {{b}}."}
    page = client.post(address, sent(client.get(address).text, **stem) | {"do": "preview"}).text
    assert "Say what fills each of them" in page
    said = sent(page, **{"gaps-0-accepted": "means", "gaps-1-filling": "list"})
    page = client.post(address, said | {"do": "add:entries:b"}).text
    page = client.post(address, sent(page) | {"do": "add:entries:b"}).text
    said = sent(page, **{"entries-0-text": "act", "entries-0-correct": "on", "entries-1-text": "purpose"})
    assert client.post(address, said | {"do": "save"}).status_code == 302
    version = QuestionVersion.objects.get()
    assert version.marking == {"gaps": {"1": {"accepted": {"en": ["means"]}}, "b": {}}}
    entries = version.of_role("gap_entry")
    assert [(one.text_en, one.belongs_to, one.correct) for one in entries] == [
        ("act", "b", True),
        ("purpose", "b", False),
    ]


def test_a_text_with_gaps_may_ask_by_itself_and_is_known_by_how_it_begins(trainer, browse, make_kind):
    client, version = browse(trainer), make_kind("gap", stem_en="", stem_es="", passage_es="El {{1}}.")
    said = sent(client.get(edit_of(version)).text, **{"k-hints": "", "q-reason": "Article 3."})
    assert client.post(edit_of(version), said | {"do": "save"}).status_code == 302
    assert QuestionVersion.objects.get(number=2).reason_en == "Article 3."
    for address in (edit_of(version).removesuffix("edit/"), reverse("bank:list")):
        assert "Consent is …." in client.get(address).text
    assert "Consent is …." in client.get(reverse("bank:list"), {"language": "es"}).text
    assert "Consent is …." not in client.get(reverse("bank:list"), {"language": "fr"}).text


@pytest.mark.parametrize(("language", "words"), [("es", "situación 2"), ("ar", "الموقف 2")])
def test_where_a_decision_leads_is_said_in_the_language_of_the_page(
    language, words, trainer, browse, make_kind
):
    version = make_kind("scenario")
    assert words in browse(trainer).get(edit_of(version).replace("/en/", f"/{language}/")).text


@pytest.mark.parametrize(
    ("kind", "comes_first"), [("true_false", True), ("numeric", True), ("single", False)]
)
def test_what_is_right_is_asked_before_hints(kind, comes_first, trainer, browse, make_kind):
    page = browse(trainer).get(edit_of(make_kind(kind))).text
    assert (page.index('id="h-marked"') < page.index('id="part-hints"')) is comes_first
    assert page.count('id="h-marked"') == 1


def test_a_question_that_ends_with_a_picture_is_known_by_its_words(trainer, browse, make_question):
    version = make_question(stem_en="<p>Whose mark is <b>this</b>?</p><ul><li>A seal</li></ul>", stem_es="")
    QuestionVersion.objects.update(text_form="html")
    listed = browse(trainer).get(reverse("bank:list")).text
    assert "Whose mark is this? A seal" in listed.partition("<tbody>")[2]
    # learners read all of it, and are not asked by a part
    assert "Your answer" in browse(trainer).get(edit_of(version)).text


def test_a_scenario_grows_by_buttons_and_loses_what_hangs_under_a_situation_that_goes(
    trainer, browse, make_kind
):
    client, version = browse(trainer), make_kind("scenario")
    page = client.get(edit_of(version)).text
    page = client.post(edit_of(version), sent(page) | {"do": "remove:situations:1"}).text
    said = sent(page)
    assert said["decisions-count"] == ["2"]
    # the first decision led to what is gone, and now leads to the end
    assert said["decisions-0-next"] == [""]
    answer = client.post(edit_of(version), said | {"do": "save"})
    assert answer.status_code == 302
    assert len(QuestionVersion.objects.get(number=2).of_role("decision")) == 2


@pytest.mark.parametrize(
    ("do", "texts"),
    [
        ("add:options:", ["one", "two", "three", "four", ""]),
        ("remove:options:1", ["one", "three", "four"]),
        ("up:options:1", ["two", "one", "three", "four"]),
        ("down:options:0", ["two", "one", "three", "four"]),
        ("up:options:0", ["one", "two", "three", "four"]),
        ("remove:options:99", ["one", "two", "three", "four"]),
        ("remove:nothing:0", ["one", "two", "three", "four"]),
    ],
)
def test_buttons_change_the_rows_and_keep_what_was_typed(do, texts, written):
    words = ("one", "two", "three", "four")
    typed = {f"options-{place}-text": word for place, word in enumerate(words)}
    page = written("single", do=do, **typed, **{"q-reason": "Because.", "q-tags": "lies, means"}).text
    said = sent(page)
    assert [said[f"options-{place}-text"][0] for place in range(int(said["options-count"][0]))] == texts
    assert (said["q-reason"], said["q-tags"]) == (["Because."], ["lies, means"])
    assert "There is a problem" not in page
    assert not Question.objects.exists()


WRONG = [
    ("single", {"options-0-text": "A", "options-1-text": "B"}, "Tick exactly one option as right."),
    ("multiple", {"options-0-text": "A"}, "Tick at least one option as right."),
    ("true_false", {}, "Say whether the statement is true or false."),
    ("matching", {"options-0-text": "A"}, "Write the answer that belongs to this prompt."),
    ("matching", {}, "Write at least one prompt"),
    ("ordering", {"options-0-text": "A"}, "Write at least two items"),
    ("numeric", {"k-value": "many"}, "Enter a number such as 5000"),
    ("numeric", {"k-value": "133,000"}, "Write 133000 for thousands, or 133.0000 for decimals."),
    ("numeric", {"k-value": "١٣٣.٠٠٠"}, "Write 133000 for thousands, or 133.0000 for decimals."),
    ("numeric", {"k-value": "5", "k-tolerance": "-1"}, "A tolerance cannot be below zero."),
    ("short", {}, "Write at least one accepted answer"),
    ("short", {"accepted-0-text": "*"}, "more than * and full stops"),
    ("gap", {"q-passage": "No gap."}, "Write {{1}}, {{2}}"),
    ("words", {"q-passage": "No {word} is meant."}, "Mark words to be selected"),
    ("scenario", {"situations-0-text": "He asks."}, "The first situation needs a decision."),
    ("essay", {"k-minimum_words": "9", "k-maximum_words": "3"}, "below the smallest"),
    ("essay", {"criteria-0-text": "A", "criteria-0-fraction": "0"}, "points above 0"),
    ("file", {"k-types": "pdf"}, "Write types like .pdf"),
    ("survey", {"options-0-text": "A"}, "at least two points"),
    ("description", {"q-stem": ""}, "Write the question."),
    ("single", {"q-penalty": "3"}, "Enter a share from 0 to 1."),
]


@pytest.mark.parametrize(("kind", "fields", "sentence"), WRONG)
def test_what_cannot_be_marked_is_said_in_plain_words_and_stays_in_the_form(kind, fields, sentence, written):
    answer = written(kind, **{"q-source": "Article 3", **fields})
    assert answer.status_code == 200
    assert sentence in answer.text.replace("&#x27;", "'")
    assert 'id="problems"' in answer.text
    said = sent(answer.text)
    for name, value in fields.items():
        assert said[name] == [value]
    assert said["q-source"] == ["Article 3"]
    assert not Question.objects.exists()


TRIED = [
    ("single", {"choice": "@1"}, "Correct", "1"),
    ("single", {"choice": "@0"}, "Incorrect", "0"),
    ("multiple", {"choice": "@0"}, "Partly correct", "0.5"),
    ("true_false", {"choice": "false"}, "Correct", "1"),
    ("numeric", {"value": "133,000"}, "Correct", "1"),
    ("short", {"text": "EXPLOTACION"}, "Correct", "1"),
    ("gap", {"gap-1": "irrelevant"}, "Correct", "1"),
    ("words", {"word": "1"}, "Partly correct", "0.5"),
]


@pytest.mark.parametrize(("kind", "answer", "verdict", "mark"), TRIED)
def test_an_answer_is_tried_before_the_question_is_stored(
    kind, answer, verdict, mark, trainer, browse, make_kind
):
    client, version = browse(trainer), make_kind(kind)
    keys = [str(option.key) for option in version.options.all()]
    given = {name: keys[int(value[1:])] if value.startswith("@") else value for name, value in answer.items()}
    said = sent(client.get(edit_of(version)).text) | given | {"do": "try"}
    page = client.post(edit_of(version), said).text
    earned = page.partition("What the answer earns")[2]
    assert verdict in earned
    assert f"{mark} of 1 point" in earned


def test_a_scenario_is_tried_decision_by_decision(trainer, browse, make_kind):
    client, version = browse(trainer), make_kind("scenario")
    said = sent(client.get(edit_of(version)).text)
    key = "00000000-0000-0000-0000-000000000{}".format
    said |= {"decision": key("06f"), "taken": "0", "go": "decide"}
    page = client.post(edit_of(version), said).text
    assert "She comes back with counsel." in page
    said = sent(page) | {"decision": key("079"), "taken": "1", "go": "decide"}
    page = client.post(edit_of(version), said).text
    assert "1 of 1 point" in page.partition("What the answer earns")[2]


def test_a_question_is_written_in_the_language_that_is_chosen(written):
    written("description", **{"q-source_language": "es", "q-stem": "Los hechos."})
    version = QuestionVersion.objects.get()
    assert (version.source_language, version.stem_es, version.stem_en or "") == ("es", "Los hechos.", "")
    row = QuestionVersion.objects.rewrite(False).raw_values("stem").get()
    assert row["stem"] == "Los hechos."


def test_hints_feedback_and_penalties_are_kept(written):
    fields = {**WRITTEN["single"], "q-penalty": "1/4", "q-when_wrong": "Read article 3."}
    page = written("single", do="add:hints:", **fields).text
    assert "Add a hint" in page
    said = {"hints-0-text": "Think of lies.", "hints-0-counts_right": "on", "hints-count": "1"}
    written("single", **fields, **said, **{"hints-0-key": "00000000-0000-0000-0000-000000000001"})
    version = QuestionVersion.objects.get()
    (hint,) = version.of_role("hint")
    assert (hint.text_en, version.marking["penalty"]) == ("Think of lies.", "1/4")
    assert version.marking["hints"] == {str(hint.key): {"counts_right": True}}
    assert [row.text_en for row in version.of_role("when_wrong")] == ["Read article 3."]


def test_a_form_that_is_sent_twice_makes_one_question(trainer, browse, category):
    client, address = browse(trainer), new_of("single")
    said = sent(client.get(address).text, **WRITTEN["single"])
    said |= {"q-stem": "Which means?", "q-category": str(category.pk), "do": "save"}
    first, second = client.post(address, said), client.post(address, said)
    assert first.url == second.url
    assert QuestionVersion.objects.count() == 1
    # sent again from the window before, with other words, it asks first
    again = client.post(address, said | {"q-stem": "Which purpose?"})
    assert again.status_code == 200
    assert "saved by somebody else, or in another window" in again.text
    assert QuestionVersion.objects.get().stem_en == "Which means?"


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_is_stored_twice_is_stored_once(kind, trainer, browse, make_kind):
    """A double click on a draft with new pieces: the second finds those of the first."""
    client, version = browse(trainer), make_kind(kind, status="draft")
    page = client.post(edit_of(version), sent(client.get(edit_of(version)).text) | {"do": "add:hints:"}).text
    changes = {"q-stem": "Which means, then?", "q-when_wrong": "Read article 3."}
    hint = {"hints-0-text": "Think of lies."} if "hints-0-text" in page else {}
    said = sent(page, **changes, **hint) | {"do": "save"}
    assert [client.post(edit_of(version), said).status_code for _ in range(2)] == [302, 302]
    stored = QuestionVersion.objects.get()
    assert stored.stem_en == "Which means, then?"
    assert len(stored.of_role("when_wrong", "hint")) == 1 + bool(hint)


def test_what_another_has_saved_is_not_overwritten_unseen(trainer, administrator, browse, make_kind):
    version = make_kind("single", status="draft")
    mine = sent(browse(trainer).get(edit_of(version)).text, **{"q-stem": "Mine?"}) | {"do": "save"}
    other = browse(administrator)
    theirs = sent(other.get(edit_of(version)).text, **{"q-stem": "Theirs?"})
    assert other.post(edit_of(version), theirs | {"do": "save"}).status_code == 302
    page = browse(trainer).post(edit_of(version), mine)
    assert page.status_code == 200
    assert "saved by somebody else, or in another window" in page.text
    assert "Mine?" in page.text
    assert QuestionVersion.objects.get().stem_en == "Theirs?"
    assert browse(trainer).post(edit_of(version), sent(page.text) | {"do": "save"}).status_code == 302
    assert QuestionVersion.objects.get().stem_en == "Mine?"


def test_a_status_that_another_has_given_is_not_taken_back_unseen(trainer, browse, make_kind):
    client, version = browse(trainer), make_kind("single")
    said = sent(client.get(edit_of(version)).text, **{"q-stem": "Still asked?"}) | {"do": "save"}
    Question.objects.update(status="retired")
    assert client.post(edit_of(version), said).status_code == 200
    assert Question.objects.get().status == "retired"


def test_a_translation_stands_in_nobodys_way(trainer, browse, make_kind):
    client, version = browse(trainer), make_kind("single", status="draft")
    said = sent(client.get(edit_of(version)).text, **{"q-stem": "Which one?"}) | {"do": "save"}
    QuestionVersion.objects.update(stem_fr="Lequel ?")
    assert client.post(edit_of(version), said).status_code == 302
    stored = QuestionVersion.objects.get()
    assert (stored.stem_en, stored.stem_fr) == ("Which one?", "Lequel ?")


def test_a_gap_keeps_how_strictly_its_words_are_compared(trainer, browse, make_kind):
    gap = {"accepted": {"en": ["Palermo"]}, "case": True, "accents": True}
    client, version = browse(trainer), make_kind("gap", marking={"gaps": {"1": gap}}, status="draft")
    said = sent(client.get(edit_of(version)).text, **{"gaps-0-accepted": "Palermo\nTurin"})
    assert client.post(edit_of(version), said | {"do": "save"}).status_code == 302
    assert QuestionVersion.objects.get().marking["gaps"]["1"] == {
        **gap,
        "accepted": {"en": ["Palermo", "Turin"]},
    }


@pytest.mark.parametrize("stored", ["133.125", "-1.250", "0.125", "133000", "1.5"])
def test_a_number_with_three_decimals_is_shown_so_that_it_stays_what_it_is(
    stored, trainer, browse, make_kind
):
    version = make_kind("numeric", marking={"value": stored, "also": [{"value": stored, "fraction": "1/2"}]})
    answer = browse(trainer).post(
        edit_of(version), sent(browse(trainer).get(edit_of(version)).text) | {"do": "save"}
    )
    assert answer.status_code == 302
    assert QuestionVersion.objects.get().marking["value"] == stored


@pytest.mark.parametrize("place", ["9" * 5000, "-1", "x"])
def test_a_button_that_no_page_has_changes_nothing(place, written):
    page = written("single", do=f"remove:options:{place}", **{"options-0-text": "one"})
    assert (page.status_code, sent(page.text)["options-0-text"]) == (200, ["one"])


def test_every_kind_can_be_chosen(trainer, browse, category):
    page = browse(trainer).get(reverse("bank:kinds")).text
    for kind in Kind:
        assert new_of(kind.value) in page
    assert browse(trainer).get(new_of("riddle")).status_code == 404
