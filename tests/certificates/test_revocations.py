"""The published keys and the signed list of what no longer stands."""

import datetime
import json
import uuid
from base64 import urlsafe_b64decode
from dataclasses import replace

import jwt
import pytest
from django.utils import timezone

from certificates import issuing, key_set, keymaking, keys, revocations, seal
from certificates.choices import KeyUse, RevokeReason, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(issue, statement, registrar):
    """One certificate that stands, one withdrawn, one replaced."""
    stands, gone, old = (issue(replace(statement, award_key=uuid.uuid4())) for _ in range(3))
    issuing.revoke(certificate=gone, reason=RevokeReason.ERROR, actor=registrar)
    issuing.supersede(
        certificate=old, statement=replace(statement, award_key=old.award_key, name="L. F."), actor=registrar
    )
    return stands, gone, old


def test_the_list_names_what_was_withdrawn_or_replaced_with_its_date(ended):
    stands, gone, old = ended
    listed = revocations.open_list(revocations.current(), keys.public_keys())
    today = timezone.now().date()
    assert listed.ended == {
        seal.handle_of(gone.key): revocations.Ended(Status.REVOKED, today),
        seal.handle_of(old.key): revocations.Ended(Status.SUPERSEDED, today),
    }
    assert listed.issuer == seal.site()
    assert listed.next_update - listed.issued == datetime.timedelta(days=30)
    assert listed.key.key_id == keys.statement_signer().key_id


def test_the_list_tells_neither_names_nor_numbers(ended):
    payload = json.loads(revocations.current())["payload"]
    told = urlsafe_b64decode(payload + "==").decode()
    for certificate in ended:
        assert certificate.number not in told
        assert certificate.number.replace("-", "") not in told
        assert str(certificate.key) not in told
    assert "Luc" not in told


def test_the_list_is_new_as_soon_as_something_was_withdrawn(issue, registrar):
    certificate = issue()
    before = revocations.current()
    assert revocations.current() == before
    issuing.revoke(certificate=certificate, reason=RevokeReason.HOLDER, actor=registrar)
    assert len(revocations.open_list(revocations.current(), keys.public_keys()).ended) == 1


def test_the_list_asks_the_database_three_times_however_long_it_is(ended, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        revocations.current()


def test_any_library_for_json_web_signatures_reads_the_list(ended):
    parts = json.loads(revocations.current())
    entry = next(
        key for key in key_set.published(keys.public_keys())["keys"] if key["signs"] == KeyUse.STATEMENT
    )
    token = ".".join(parts[name] for name in ("protected", "payload", "signature"))
    told = jwt.decode(token, jwt.PyJWK(entry), algorithms=["EdDSA"], options={"verify_iat": False})
    assert len(told["ended"]) == 2


@pytest.mark.parametrize("part", ["protected", "payload", "signature"])
def test_a_list_that_was_changed_is_refused(ended, part):
    parts = json.loads(revocations.current())
    known = keys.public_keys()
    for at in range(0, len(parts[part]), 7):
        letter = "A" if parts[part][at] != "A" else "B"
        changed = parts | {part: parts[part][:at] + letter + parts[part][at + 1 :]}
        with pytest.raises((revocations.NotAList, seal.Altered, seal.UnknownKey)):
            revocations.open_list(json.dumps(changed), known)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"protected": "", "payload": "", "signature": ""}']
)
def test_something_else_is_no_list(text):
    with pytest.raises(revocations.NotAList):
        revocations.open_list(text, keys.public_keys())


def test_the_list_of_somebody_else_is_refused(ended):
    with pytest.raises(seal.UnknownKey):
        revocations.open_list(revocations.current(), [])


def test_published_keys_are_read_as_they_were():
    known = keys.public_keys()
    assert key_set.read(json.dumps(key_set.published(known))) == known


def test_a_replaced_and_a_leaked_key_stay_published_with_their_dates():
    keymaking.rotate(overlap=datetime.timedelta(0))
    leaked = next(key for key in keys.public_keys() if key.retired_at)
    keymaking.condemn(key_id=leaked.key_id, since=timezone.now())
    read = {key.key_id: key for key in key_set.read(json.dumps(key_set.published(keys.public_keys())))}
    assert read[leaked.key_id].compromised_at
    assert read[leaked.key_id].retired_at
    assert len(read) == 4


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": [{}]}', '{"keys": [{"signs": "statement"}]}'])
def test_something_else_is_no_set_of_keys(text):
    with pytest.raises(key_set.NotAKeySet):
        key_set.read(text)
