"""The pages of the bank: list, search, versions, comments, law of countries, many at once, duplicates."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.roles import Role
from assessments import outside
from assessments.alike import joined, pairs_alike
from assessments.attempts import start
from assessments.bank import store_version
from assessments.models import Category, Question, QuestionComment, QuestionVersion, Tag
from tests.assessments.conftest import quiz_of

from .filling import sent

pytestmark = pytest.mark.django_db

LIST = "/en/bank/"


def page_of(version, name="question", *more):
    return reverse(f"bank:{name}", args=[version.question.key, *more])


@pytest.fixture
def own(trainer):
    """A category of the trainer's course; the plain one is shared."""
    group = Group.objects.create(name="course 1")
    trainer.groups.add(group)
    return Category.objects.create(slug="own", name_en="Own", course_code="TIP-101", editors=group)


@pytest.fixture
def other(make_person):
    """A trainer of another course."""
    return make_person("other@example.org", Role.TRAINER)


@pytest.fixture
def foreign(own, make_question):
    """A question in the course's category."""
    made = make_question(stem_en="Whose question?")
    Question.objects.update(category=own)
    return QuestionVersion.objects.get(pk=made.pk)


def test_the_list_asks_as_few_queries_for_twenty_as_for_two(trainer, browse, make_question):
    client, asked = browse(trainer), []
    for count in (2, 18):
        for number in range(count):
            made = make_question(stem_en=f"Question {count} {number}?")
            made.question.tags.set([Tag.objects.get_or_create(name=f"tag {number}")[0]])
            QuestionComment.objects.create(question=made.question, version=made, text="x")
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_words_are_found_in_every_language_and_in_options(trainer, browse, make_question):
    make_question(stem_en="Elements", stem_es="¿Qué palabra?")
    make_question("short", marking={"accepted": {"en": ["x"]}}, stem_en="Another", stem_es="")
    client = browse(trainer)
    for words in ("palabra", "elements", "medio"):
        page = client.get(LIST, {"q": words}).text
        assert "Elements" in page.partition("<tbody>")[2]
        assert "Another" not in page.partition("<tbody>")[2]


def test_filters_leave_what_they_name(trainer, browse, make_question, category):
    one = make_question("multiple", status="draft", stem_en="First one?")
    two = make_question("true_false", marking={"answer": True}, stem_en="Second one?")
    Question.objects.filter(pk=one.question_id).update(difficulty="hard", objective="A1.2")
    one.question.tags.add(Tag.objects.create(name="consent"))
    QuestionComment.objects.create(question=two.question, version=two, text="Is it?")
    client = browse(trainer)
    named = {
        "status=draft": one, "status=ready": two, "kind=true_false": two, "difficulty=hard": one,
        "objective=A1": one, "tag=consent": one, "language=es": two, "language=-es": one, "comments=on": two,
    }  # fmt: skip
    for query, left in named.items():
        page = client.get(f"{LIST}?{query}&category={category.pk}").text.partition("<tbody>")[2]
        assert ("First one?" in page, "Second one?" in page) == (left is one, left is two), query


def test_nobody_but_its_trainers_and_those_who_read_all_finds_a_foreign_question(
    foreign, trainer, other, legal_reviewer, translator, administrator, judge, registrar, browse
):
    reads = {trainer, legal_reviewer, translator, administrator}
    edits = {trainer, administrator}
    for person in (trainer, other, legal_reviewer, translator, administrator, judge, registrar):
        client = browse(person)
        assert (client.get(page_of(foreign)).status_code == 200) is (person in reads)
        assert (client.get(page_of(foreign, "versions")).status_code == 200) is (person in reads)
        for name in ("edit", "law_new"):
            assert (client.get(page_of(foreign, name)).status_code == 200) is (person in edits), name
        listed = client.get(LIST)
        assert listed.status_code == (404 if person in (judge, registrar) else 200)
        assert ("Whose question?" in listed.text) is (person in reads)


def test_a_question_is_not_written_into_a_category_of_others(own, category, other, browse):
    client = browse(other)
    said = sent(client.get("/en/bank/new/description/").text)
    said |= {"q-stem": "Facts.", "q-category": str(own.pk), "do": "save"}
    assert client.post("/en/bank/new/description/", said).status_code == 200
    assert not Question.objects.exists()


def test_a_ready_question_gets_a_new_version_and_a_draft_leaves_the_old_one_in_quizzes(
    trainer, judge, browse, make_question
):
    version, client = make_question(), browse(trainer)
    start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="")
    address = page_of(version, "edit")

    def save(do, stem):
        said = sent(client.get(address).text, **{"q-stem": stem})
        assert client.post(address, said | {"do": do}).status_code == 302

    save("draft", "Which element, then?")
    assert [one.number for one in QuestionVersion.objects.latest_to_put()] == [1]
    save("draft", "Which element, now?")
    save("save", "Which element, at last?")
    old, new = QuestionVersion.objects.order_by("number")
    assert (old.stem_en, new.stem_en, new.number) == ("Which element?", "Which element, at last?", 2)
    assert [one.number for one in QuestionVersion.objects.latest_to_put()] == [2]
    assert [one.key for one in new.options.all()] == [one.key for one in old.options.all()]
    assert new.options.first().text_es == "El acto"


def test_saving_what_has_not_changed_makes_no_version_but_keeps_what_is_said_of_the_question(
    trainer, browse, make_question
):
    version, client = make_question(), browse(trainer)
    said = sent(
        client.get(page_of(version, "edit")).text, **{"q-tags": "consent, Means", "q-difficulty": "hard"}
    )
    client.post(page_of(version, "edit"), said | {"do": "save"})
    assert QuestionVersion.objects.count() == 1
    question = Question.objects.get()
    assert (question.difficulty, [tag.name for tag in question.tags.all()]) == ("hard", ["Means", "consent"])


def test_what_changed_is_shown_in_words_not_by_colour_alone(trainer, browse, make_question):
    version = make_question()
    version.stem_en = "Which element, then?"
    option = version.options.first()
    option.text_en = "The deed"
    version.options.set([option, *version.options.all()[1:]])
    store_version(version=version, about={}, author=trainer)
    page = browse(trainer).get(page_of(version, "versions")).text
    assert "Which <del>element?</del><ins>element, then?</ins>" in page
    assert "The <del>act</del><ins>deed</ins>" in page
    assert "El medio" not in page
    whole = browse(trainer).get(page_of(version, "versions") + "?from=0&to=1").text
    assert "<ins>Which element?</ins>" in whole
    assert "<ins>El medio</ins>" in whole


def test_reviewers_comment_and_the_trainers_settle(
    foreign, trainer, other, legal_reviewer, translator, browse
):
    address = page_of(foreign, "comment")
    empty = browse(legal_reviewer).post(address, {"text": " "})
    assert "Write what you want to say." in empty.text
    assert browse(legal_reviewer).post(address, {"text": "Article 3 has changed."}).status_code == 302
    for person in (other, translator):
        assert browse(person).post(address, {"text": "No."}).status_code == 404
    said = QuestionComment.objects.get()
    assert (said.version, said.settled_at) == (foreign, None)
    settle = reverse("bank:settle", args=[said.pk])
    for person in (other, translator):
        assert browse(person).post(settle).status_code == 404
    assert "Article 3 has changed." in browse(trainer).get(page_of(foreign)).text
    assert browse(trainer).post(settle).status_code == 302
    said.refresh_from_db()
    assert said.settled_by == trainer
    verbs = AuditEntry.objects.values_list("verb", flat=True)
    assert {"question_commented", "question_comment_settled"} <= set(verbs)


def test_papers_and_quizzes_that_use_a_question_are_named(trainer, judge, browse, make_question):
    version = make_question()
    start(person=judge, quiz=quiz_of(version), language="en", jurisdiction="")
    page = browse(trainer).get(page_of(version)).text
    assert "It stood on 1 paper." in page
    assert "No quiz asks it." in page


LAW = [
    ("single", {"a-right": "@2"}),
    ("multiple", {"a-right": ["@0"]}),
    ("true_false", {"a-truth": "true"}),
    ("numeric", {"a-value": "5"}),
    ("short", {"a-accepted-en": "abuse"}),
    ("gap", {"a-gap-1": "relevant"}),
    ("words", {"a-words": ["1"]}),
    ("matching", {"a-pair-@0": "00000000-0000-0000-0000-000000000002"}),
    ("ordering", {"a-place-@0": "2", "a-place-@1": "1"}),
    ("scenario", {"a-worth-00000000-0000-0000-0000-000000000070": "1/2"}),
]


@pytest.mark.parametrize(("kind", "fields"), LAW)
def test_another_answer_is_stated_for_a_country_with_what_makes_it_so(
    kind, fields, trainer, browse, make_kind
):
    client, version = browse(trainer), make_kind(kind)
    keys = [str(option.key) for option in version.options.all()]

    def named(text):
        return f"{text.partition('@')[0]}{keys[int(text[-1])]}" if "@" in text else text

    page = client.get(page_of(version, "law_new")).text.replace("<form class", "<form data-author class")
    said = sent(page) | {
        named(name): [named(one) for one in value] if isinstance(value, list) else named(value)
        for name, value in fields.items()
    }
    uncited = client.post(page_of(version, "law_new"), said | {"country": "MX"})
    assert "Cite the provision that makes it so." in uncited.text
    same = client.post(page_of(version, "law_new"), sent(page) | {"country": "MX", "citation": "Art. 1"})
    assert "Nothing differs from what holds everywhere." in same.text
    done = client.post(page_of(version, "law_new"), said | {"country": "MX", "citation": "Art. 1"})
    assert done.status_code == 302
    stored = QuestionVersion.objects.latest("number")
    (change,) = stored.marking["jurisdictions"]["MX"]
    assert change["citation"] == "Art. 1"
    shown = client.get(page_of(version)).text
    assert "Mexico" in shown
    assert "Art. 1" in client.get(page_of(version) + "?try-country=MX").text.partition("What is right")[2]
    # the form shows what holds there, and takes it away again
    assert client.get(page_of(version, "law", "MX")).status_code == 200
    client.post(page_of(version, "law", "MX"), {"do": "remove"})
    assert "jurisdictions" not in QuestionVersion.objects.latest("number").marking


@pytest.mark.parametrize(
    ("kind", "answer", "sentence"),
    [
        (
            "numeric",
            {"a-value": "5", "a-tolerance": "-1", "a-tolerance_kind": "absolute"},
            "A tolerance cannot be below zero.",
        ),
        ("short", {"a-accepted-en": "", "a-accepted-es": ""}, "Write at least one accepted answer"),
        ("true_false", {"a-truth": "false"}, "Nothing differs from what holds everywhere."),
    ],
)
def test_what_is_wrong_with_the_answer_of_a_country_is_said(
    kind, answer, sentence, trainer, browse, make_kind
):
    version = make_kind(kind)
    said = {"country": "BD", "citation": "Act of 2012, s. 3", **answer}
    page = browse(trainer).post(page_of(version, "law_new"), said)
    assert page.status_code == 200
    assert sentence in page.text
    assert QuestionVersion.objects.count() == 1


def test_a_comment_that_is_sent_twice_is_said_once(legal_reviewer, browse, make_question):
    version, client = make_question(), browse(legal_reviewer)
    for text in ("Article 3 has changed.", "Article 3 has changed.", "So has article 5."):
        assert client.post(page_of(version, "comment"), {"text": text}).status_code == 302
    assert QuestionComment.objects.count() == 2


def test_kinds_that_no_law_can_change_have_no_such_page(trainer, browse, make_kind):
    for kind in ("essay", "survey", "description"):
        assert browse(trainer).get(page_of(make_kind(kind), "law_new")).status_code == 404


ACTS = [
    ("status", "retired", lambda one: one.status == "retired"),
    ("difficulty", "hard", lambda one: one.difficulty == "hard"),
    ("objective", "A1.2", lambda one: one.objective == "A1.2"),
    ("add_tags", "consent", lambda one: [tag.name for tag in one.tags.all()] == ["consent"]),
]


@pytest.mark.parametrize(("act", "value", "holds"), ACTS)
def test_many_are_changed_at_once_after_a_page_that_says_which(
    act, value, holds, foreign, other, trainer, browse, make_question
):
    shared = make_question(stem_en="A shared one?")
    who = [str(foreign.question.key), str(shared.question.key)]
    said = {"act": act, "who": who, "value": value}
    page = browse(other).get("/en/bank/change/", said).text
    assert "A shared one?" in page
    assert "Whose question?" not in page
    assert "1 question is not yours to change" in page
    assert not holds(Question.objects.get(pk=shared.question_id))
    assert browse(other).post("/en/bank/change/", said).status_code == 302
    assert holds(Question.objects.get(pk=shared.question_id))
    assert not holds(Question.objects.get(pk=foreign.question_id))
    browse(trainer).post("/en/bank/change/", said)
    assert holds(Question.objects.get(pk=foreign.question_id))


def test_what_cannot_be_marked_is_not_made_ready(trainer, browse, make_question):
    bad = make_question("numeric", status="draft")
    said = {"act": "status", "who": [str(bad.question.key)], "value": "ready"}
    assert "Nothing was changed" in browse(trainer).post("/en/bank/change/", said).text
    assert Question.objects.get().status == "draft"


def test_the_way_back_leads_nowhere_else(trainer, browse, make_question):
    said = {"act": "difficulty", "who": [str(make_question().question.key)], "value": "hard"}
    answer = browse(trainer).post("/en/bank/change/", said | {"next": "https://example.org/"})
    assert answer.url == LIST


def test_questions_that_say_nearly_the_same_are_found(foreign, trainer, other, browse, make_question):
    one = make_question(
        stem_en="The girl was sixteen when he took her over the border. Which element is missing?"
    )
    two = make_question(
        stem_en="The girl was sixteen when he took her across the border. Which element is missing?"
    )
    make_question("short", stem_en="Name the protocol that defines trafficking in persons.")
    page = browse(trainer).get("/en/bank/duplicates/").text
    assert str(one.question.key) in page
    assert str(two.question.key) in page
    assert "Name the protocol" not in page
    Question.objects.filter(pk=two.question_id).update(status="retired")
    assert "No two are alike" in browse(trainer).get("/en/bank/duplicates/").text


def test_texts_with_gaps_are_compared_by_the_texts(trainer, browse, make_kind):
    texts = {
        "passage_en": "Consent is {{1}} where deceit was used.",
        "passage_es": "",
        "stem_es": "",
    }
    one = make_kind("gap", stem_en="Fill in the gaps.", **texts)
    make_kind("gap", stem_en="Fill in the gaps.", passage_en="The court of {{1}} tried the case of the ship.")
    assert "No two are alike" in browse(trainer).get("/en/bank/duplicates/").text
    make_kind("gap", stem_en="Fill in every gap.", **texts)
    assert str(one.question.key) in browse(trainer).get("/en/bank/duplicates/").text


def test_only_what_shares_half_of_its_words_is_alike():
    texts = {
        1: [joined(["Consent of the victim is irrelevant where means were used", "Yes", "No"])],
        2: [joined(["Consent of the victim is irrelevant where means were used", "No", "Yes"])],
        3: [joined(["Consent of the child is always irrelevant", "Yes", "No"])],
    }
    (pair,) = pairs_alike(texts).pairs
    assert (pair.first, pair.second, pair.share) == (1, 2, 1)


def test_questions_that_nearly_all_say_the_same_are_compared_within_bounds():
    equal = {number: ["the facts of the case are these"] for number in range(50)}
    found = pairs_alike(equal, most=0)
    assert not found.is_cut
    assert {(pair.first, pair.second) for pair in found.pairs} == {(0, number) for number in range(1, 50)}
    nearly = {number: [f"the facts of the case are these {number}"] for number in range(50)}
    assert (len(pairs_alike(nearly).pairs), pairs_alike(nearly).is_cut) == (50 * 49 / 2, False)
    some = pairs_alike(nearly, most=100)
    assert (len(some.pairs) <= 100, some.is_cut) == (True, True)


def test_without_courses_nothing_is_known_of_quizzes_and_law(monkeypatch, make_question):
    monkeypatch.setattr(outside, "_quizzes_of", [])
    monkeypatch.setattr(outside, "_provisions_of", [])
    assert outside.quizzes_of([make_question().question]) == {}
    assert outside.provisions_of("MX") == ()
