"""Every kind of question on its page: shown from the frozen paper, answered by a plain form."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.attempts import save_answer, state_of, submit
from assessments.models import AnswerFile
from tests.questions import EVERY_KIND

from .conftest import quiz_of, right_response

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a judgment"


def page(client, attempt, slot=1, language="en"):
    return client.get(f"/{language}/quiz/{attempt.key}/{slot}/")


def send(client, attempt, fields, slot=1, language="en"):
    return client.post(f"/{language}/quiz/{attempt.key}/{slot}/", fields)


def pdf(name="ruling.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="text/html")


@pytest.fixture
def sit(judge, browse, begin, make_kind):
    """Return a function that begins an attempt at a quiz with one question of these kinds."""

    def sit(*kinds, **rules):
        attempt = begin(judge, quiz_of(*[make_kind(kind) for kind in kinds], **rules))
        return browse(judge), attempt

    return sit


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("behaviour", ["deferred", "interactive", "certainty_immediate"])
def test_every_kind_is_shown_under_every_behaviour_for_six_queries(language, behaviour, sit):
    client, attempt = sit(*EVERY_KIND, behaviour=behaviour)
    for slot, kind in enumerate(EVERY_KIND, start=1):
        with CaptureQueriesContext(connection) as captured:
            answer = page(client, attempt, slot, language)
        assert answer.status_code == 200, kind
        assert len(captured) <= 6, (kind, [query["sql"][:90] for query in captured])
        assert len(answer.content) <= 60_000
        assert "style=" not in answer.text
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids)), kind


def test_words_are_selected_in_the_text(sit):
    client, attempt = sit("words")
    shown = page(client, attempt).text
    assert shown.count('type="checkbox" name="word"') == 3
    assert '<label for="w2">paid</label>' in shown
    send(client, attempt, {"word": ["1", "3"], "go": "stay"})
    assert state_of(attempt).response(1) == {"words": ["1", "3"]}
    assert page(client, attempt).text.count(" checked") == 2


def test_a_scenario_goes_one_decision_at_a_time_and_never_back(sit):
    client, attempt = sit("scenario")
    first, second = (str(uuid.UUID(int=number)) for number in (111, 121))
    shown = page(client, attempt).text
    assert "She asks for a lawyer." in shown
    assert "Counsel asks for the file." not in shown
    assert "She comes back with counsel." not in shown
    answer = send(client, attempt, {"decision": first, "taken": "0", "go": "decide"})
    assert answer.url.endswith("/1/#said")
    shown = page(client, attempt).text
    assert "She comes back with counsel." in shown
    assert "Counsel asks for the file." in shown
    # a page from before that decision cannot take another one in its place
    send(client, attempt, {"decision": str(uuid.UUID(int=112)), "taken": "0", "go": "decide"})
    assert state_of(attempt).response(1) == {"path": [first]}
    send(client, attempt, {"decision": second, "taken": "1", "go": "next"})
    assert state_of(attempt).response(1) == {"path": [first, second]}
    assert "This scenario has ended" in page(client, attempt).text


def test_a_decision_is_not_taken_by_choosing_it(sit):
    client, attempt = sit("scenario")
    fields = {"slot": 1, "decision": str(uuid.UUID(int=111)), "taken": "0", "client_id": "abcdefgh12-1"}
    assert client.post(f"/en/quiz/{attempt.key}/autosave/", fields).status_code == 200
    send(client, attempt, fields | {"go": "leave"})
    assert not state_of(attempt).is_answered(1)


def test_an_order_is_an_answer_once_it_was_given_and_not_before(sit):
    client, attempt = sit("ordering", "single")
    shown = attempt.paper.slots[0].options
    first = {f"place-{name}": str(place) for place, name in enumerate(shown, start=1)}
    autosave = f"/en/quiz/{attempt.key}/autosave/"
    client.post(autosave, first | {"slot": 1, "flag": "on"})
    assert not state_of(attempt).is_answered(1), "a flag to come back is no answer"
    other = {f"place-{name}": str(place) for place, name in enumerate(reversed(shown), start=1)}
    # the fields come in the order of the page: the items were moved there
    send(client, attempt, dict(reversed(other.items())) | {"go": "2", "flag": "on"})
    assert state_of(attempt).response(1) == {"order": list(reversed(shown))}
    client.post(autosave, first | {"slot": 1, "flag": "on"})
    send(client, attempt, first | {"go": "2", "flag": "on"})
    assert state_of(attempt).response(1) == {"order": list(shown)}, "put back on purpose"


def test_a_number_is_given_with_one_of_several_units(judge, browse, begin, make_question):
    unit = {"label": {"en": "taka"}, "factors": {"lakh": "100000"}}
    version = make_question("numeric", marking={"value": "133000", "unit": unit})
    attempt, client = begin(judge, quiz_of(version)), browse(judge)
    assert '<option value="lakh"' in page(client, attempt).text
    send(client, attempt, {"value": "1.33", "unit": "lakh", "go": "stay"})
    assert '<option value="lakh"  selected' in page(client, attempt).text
    assert submit(attempt=attempt).fraction == 1


def test_gaps_have_lists_and_fields_side_by_side(judge, browse, begin, make_question):
    version = make_question(
        "gap",
        passage_en="Consent is {{1}} below {{2}}.",
        marking={"gaps": {"1": {}, "2": {"value": "18"}}},
        options=[
            {"role": "gap_entry", "belongs_to": "1", "text_en": "irrelevant", "correct": True},
            {"role": "gap_entry", "belongs_to": "1", "text_en": "decisive"},
        ],
    )
    attempt, client = begin(judge, quiz_of(version)), browse(judge)
    shown = page(client, attempt).text
    assert ">irrelevant</option>" in shown
    assert 'name="gap-2"' in shown
    send(client, attempt, {"gap-1": str(version.options.first().key), "gap-2": "18", "go": "stay"})
    assert submit(attempt=attempt).fraction == 1
    assert "irrelevant" in client.get(f"/en/quiz/{attempt.key}/result/").text


def test_what_asks_nothing_counts_nowhere(sit):
    client, attempt = sit("description", "survey", "single")
    shown = page(client, attempt).text
    assert "Text 1 of 3" in shown
    assert "0 of 2 answered" in shown
    review = client.get(f"/en/quiz/{attempt.key}/review/").text
    assert "Nothing to answer" in review
    assert "1 question has no answer" in review, "what is not scored may stay blank"
    submit(attempt=attempt)
    result = client.get(f"/en/quiz/{attempt.key}/result/").text
    assert "Not scored" in result
    assert "Only the 1 that lost points" in result


def test_a_text_in_html_keeps_its_form_and_its_pictures(judge, browse, begin, make_question):
    version = make_question(
        stem_en='<p>The <em>facts</em>.</p><p><img src="media:map.png" alt="Map"></p><p>Which & why?</p>',
        text_form="html",
        options=[
            {"text_en": "<p>One</p>", "correct": True},
            {"text_en": "<p>2 &lt; 3</p><script>x</script>"},
        ],
    )
    attempt = begin(judge, quiz_of(version))
    shown = page(browse(judge), attempt).text
    assert "<em>facts</em>" in shown
    assert f'src="/en/quiz/media/{version.pk}/map.png"' in shown
    assert '<legend class="legend">Which &amp; why?</legend>' in shown
    assert ">2 &lt; 3</label>" in shown
    assert "<script>x" not in shown


# --- files ---------------------------------------------------------------------------------------
@pytest.fixture
def file_quiz(judge, browse, begin, make_question):
    marking = {"types": [".pdf", ".docx"], "largest": 1000, "most": 2}
    attempt = begin(judge, quiz_of(make_question("file", marking=marking)))
    return browse(judge), attempt


def test_a_file_is_handed_in_by_a_plain_form_and_fetched_again(file_quiz):
    client, attempt = file_quiz
    shown = page(client, attempt).text
    assert 'enctype="multipart/form-data"' in shown
    assert 'accept=".pdf,.docx"' in shown
    assert send(client, attempt, {"files": pdf(), "go": "stay"}).status_code == 302
    [kept] = state_of(attempt).response(1)["files"]
    assert (kept["name"], kept["size"]) == ("ruling.pdf", len(PDF))
    stored = AnswerFile.objects.get()
    assert "ruling" not in stored.file.name
    url = f"/en/quiz/{attempt.key}/1/files/{kept['sha256']}/"
    assert url in page(client, attempt).text
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_nobody_else_fetches_the_file(file_quiz, outsider, trainer, registrar, browse):
    client, attempt = file_quiz
    send(client, attempt, {"files": pdf(), "go": "stay"})
    url = f"/en/quiz/{attempt.key}/1/files/{AnswerFile.objects.get().sha256}/"
    for person in (outsider, trainer, registrar):
        assert browse(person).get(url).status_code == 404
    assert browse(None).get(url).status_code == 302


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (lambda: pdf("ruling.exe"), "is not of a type"),
        (lambda: pdf("ruling.pdf", b"%PDF-" + b"x" * 2000), "is larger than"),
        (lambda: pdf("ruling.pdf", b""), "is empty"),
        (lambda: pdf("ruling.pdf", b"MZ\x90 a program"), "is not what its name says"),
        (lambda: pdf("ruling.docx", PDF), "is not what its name says"),
        (lambda: [pdf(f"{n}.pdf", PDF + b"%d" % n) for n in range(3)], "more files than"),
    ],
)
def test_what_the_question_does_not_take_is_said_beside_the_field(upload, said, file_quiz):
    client, attempt = file_quiz
    send(client, attempt, {"files": pdf("kept.pdf"), "go": "stay"})
    answer = send(client, attempt, {"files": upload(), "go": "next"})
    assert answer.status_code == 200
    assert said in answer.text
    assert 'aria-describedby="hint problem"' in answer.text
    assert "kept.pdf" in answer.text
    assert AnswerFile.objects.count() == 1


def test_a_file_can_be_taken_away_and_others_added(file_quiz):
    client, attempt = file_quiz
    send(client, attempt, {"files": [pdf("one.pdf", PDF + b"1"), pdf("two.pdf", PDF + b"2")], "go": "stay"})
    first = state_of(attempt).response(1)["files"][0]["sha256"]
    send(client, attempt, {"drop": first, "files": pdf("three.pdf", PDF + b"3"), "go": "stay"})
    assert [one["name"] for one in state_of(attempt).response(1)["files"]] == ["two.pdf", "three.pdf"]
    send(client, attempt, {"go": "next", "flag": "on"})
    assert len(state_of(attempt).response(1)["files"]) == 2, "passing by takes nothing away"
    assert state_of(attempt).flags == {1}


def test_the_answers_of_every_kind_stand_in_the_result(judge, browse, begin, make_kind):
    versions = [make_kind(kind) for kind in EVERY_KIND if kind not in ("file", "essay")]
    attempt = begin(judge, quiz_of(*versions))
    for slot, version in enumerate(versions, start=1):
        if response := right_response(version):
            save_answer(attempt=attempt, slot=slot, response=response, language="en")
    assert submit(attempt=attempt).fraction == 1
    shown = browse(judge).get(f"/en/quiz/{attempt.key}/result/").text
    assert shown.count("Your answer</dt>") == len(versions) - 1
    for words in ("recruited", "deceived", "She comes back with counsel.", "Very sure", "133,000"):
        assert words in shown
