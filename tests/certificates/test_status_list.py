"""The published list of status: one random bit for each certificate, signed, and nothing more."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from openbadgeslib.ob3.status import decode_encoded_list, set_indices

from certificates import keys, proofs, status_list
from certificates.choices import RevokeReason
from certificates.issuing import Statement, revoke, supersede
from certificates.models import Certificate

pytestmark = pytest.mark.django_db

Issue = Callable[..., Certificate]


def listed(number: int = 1) -> frozenset[int]:
    """The bits that are set in the list as it is served, its signature checked."""
    answer = Client().get(f"/credentials/status/{number}.json")
    document, _key = proofs.check_proof(json.loads(answer.content), keys.public_keys())
    bits = decode_encoded_list(document["credentialSubject"]["encodedList"])
    assert len(bits) * 8 == status_list.SIZE == 131_072
    return set_indices(bits)


def test_a_bit_is_set_when_a_certificate_is_withdrawn_and_no_other(issue):
    certificate = issue()
    assert listed() == frozenset()
    revoke(certificate=certificate, reason=RevokeReason.HOLDER, actor=None)
    assert listed() == {certificate.status_index}


def test_the_bit_of_a_replaced_certificate_is_set_and_that_of_the_new_is_not(issue, statement):
    old = issue()
    supersede(certificate=old, statement=replace(statement, name="Lucía Gil"), actor=None)
    assert listed() == {old.status_index}


def test_the_token_says_the_same(issue):
    certificate = issue()
    revoke(certificate=certificate, reason=RevokeReason.HOLDER, actor=None)
    answer = Client().get("/credentials/status/1.jwt")
    document, _key = proofs.check_jwt(answer.content.decode(), keys.public_keys())
    assert set_indices(decode_encoded_list(document["credentialSubject"]["encodedList"])) == {
        certificate.status_index
    }
    assert answer["Content-Type"] == "application/vc+jwt"


def test_a_credential_points_at_the_list_of_its_own_form(issue):
    certificate = issue()
    for form in ("json", "jwt"):
        entry = status_list.entry(certificate, form)
        assert entry["statusListCredential"] == f"http://localhost:8000/credentials/status/1.{form}"
        assert entry["statusListIndex"] == str(certificate.status_index)
        served = Client().get(f"/credentials/status/1.{form}")
        document = (
            json.loads(served.content)
            if form == "json"
            else proofs.check_jwt(served.content.decode(), keys.public_keys())[0]
        )
        assert document["id"] == entry["statusListCredential"]


def test_the_list_may_be_read_from_other_sites_and_kept_for_a_minute():
    answer = Client().get("/credentials/status/1.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in answer["Cache-Control"]
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


def test_a_list_is_signed_once_while_nothing_changes(issue, django_assert_max_num_queries):
    certificate = issue()
    first = Client().get("/credentials/status/1.json").content
    with django_assert_max_num_queries(3):
        assert Client().get("/credentials/status/1.json").content == first
    revoke(certificate=certificate, reason=RevokeReason.ERROR, actor=None)
    assert Client().get("/credentials/status/1.json").content != first


@pytest.mark.parametrize("number", [0, 2, 10**30])
def test_a_list_that_was_not_begun_does_not_exist(issue, number):
    issue()
    assert Client().get(f"/credentials/status/{number}.json").status_code == 404


def test_places_are_random_and_never_given_twice(issue, statement: Statement, monkeypatch):
    drawn = iter([5, 5, 5, 9])
    monkeypatch.setattr("certificates.status_list.secrets.randbelow", lambda size: next(drawn))
    first = issue()
    second = issue(replace(statement, award_key="11111111-2222-4333-8444-555555555555"))
    assert (first.status_index, second.status_index) == (5, 9)


def test_a_new_list_begins_when_random_places_are_taken_again_and_again(issue, statement, monkeypatch):
    monkeypatch.setattr("certificates.status_list.secrets.randbelow", lambda size: 5)
    first = issue()
    second = issue(replace(statement, award_key="11111111-2222-4333-8444-555555555555"))
    assert (first.status_index, second.status_index) == (5, status_list.SIZE + 5)
    assert status_list.entry(second, "json")["id"] == "http://localhost:8000/credentials/status/2.json#5"
    revoke(certificate=second, reason=RevokeReason.ERROR, actor=None)
    assert listed(1) == frozenset()
    assert listed(2) == {5}


def test_without_keys_nothing_unsigned_is_served(issue, settings, tmp_path):
    issue()
    settings.CERTIFICATE_KEYS = str(tmp_path)
    assert Client().get("/credentials/status/1.json").status_code == 503
