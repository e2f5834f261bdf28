"""Many hands on one question at once: one outcome, nothing lost, nothing doubled.

SQLite lets one writer in at a time, so these need a database that does not.
"""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.models import Option, Question, QuestionVersion
from tests.assessments.bank.filling import sent
from tests.assessments.test_races import at_once

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]
HANDS = 6


def all_post(browse, trainer, address, forms):
    """Post these forms at the same moment; the status of each answer, or what it raised."""
    clients = [browse(trainer) for _ in forms]

    def post(index):
        return clients[index].post(address, forms[index]).status_code

    return at_once(len(forms), post)


def test_the_pieces_of_a_scenario_that_are_sent_at_once_are_stored_once(trainer, browse, make_kind):
    version = make_kind("scenario", status="draft")
    address = reverse("bank:edit", args=[version.question.key])
    client = browse(trainer)
    page = client.get(address).text
    page = client.post(address, sent(page) | {"do": "add:situations:"}).text
    ends = sent(page)["situations-2-key"][0]
    said = sent(page, **{"situations-2-text": "The court rises.", "decisions-2-next": ends, "do": "save"})
    assert all_post(browse, trainer, address, [said] * HANDS) == [302] * HANDS
    assert QuestionVersion.objects.count() == 1
    assert Option.objects.filter(role="situation").count() == 3
    assert Option.objects.filter(role="decision").count() == 3


def test_of_many_who_change_a_question_at_once_one_is_stored_and_the_others_are_told(
    trainer, browse, make_kind
):
    version = make_kind("single")
    address = reverse("bank:edit", args=[version.question.key])
    page = browse(trainer).get(address).text
    forms = [sent(page, **{"q-stem": f"Which of {number}?"}) | {"do": "save"} for number in range(HANDS)]
    assert sorted(all_post(browse, trainer, address, forms)) == [200] * (HANDS - 1) + [302]
    assert list(QuestionVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_new_question_that_is_sent_many_times_at_once_is_one(trainer, browse, category):
    address = reverse("bank:new", args=["description"])
    said = sent(browse(trainer).get(address).text, **{"q-stem": "The facts.", "q-category": str(category.pk)})
    assert all_post(browse, trainer, address, [said | {"do": "save"}] * HANDS) == [302] * HANDS
    assert (Question.objects.count(), QuestionVersion.objects.count()) == (1, 1)


def test_answers_of_many_countries_that_are_stated_at_once_all_stay(trainer, browse, make_kind):
    version = make_kind("true_false")
    address = reverse("bank:law_new", args=[version.question.key])
    forms = [
        {"country": code, "citation": "Art. 3", "a-truth": "true"}
        for code in ("BD", "CO", "JO", "MX", "NP", "PE")
    ]
    assert all_post(browse, trainer, address, forms) == [302] * HANDS
    newest = QuestionVersion.objects.order_by("-number")[0]
    assert sorted(newest.marking["jurisdictions"]) == ["BD", "CO", "JO", "MX", "NP", "PE"]
    assert AuditEntry.objects.filter(verb="question_changed").count() == HANDS


def test_a_comment_that_is_sent_many_times_at_once_is_said_once(trainer, browse, make_kind):
    version = make_kind("single")
    address = reverse("bank:comment", args=[version.question.key])
    all_post(browse, trainer, address, [{"text": "Is it?"}] * HANDS)
    assert version.question.comments.count() == 1
